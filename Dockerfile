# Two stages: the first builds the wheel, the second holds only what runs.
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md CHANGELOG.md LICENSE ./
COPY graphsvc graphsvc
COPY cypher cypher
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.12-slim
ENV PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    GRAPHSVC_HOME=/data \
    GRAPHSVC_HOST=0.0.0.0 \
    GRAPHSVC_PORT=8050
COPY constraints.txt /tmp/constraints.txt
COPY --from=build /wheels /tmp/wheels
RUN pip install --no-cache-dir -c /tmp/constraints.txt /tmp/wheels/*.whl && rm -r /tmp/wheels /tmp/constraints.txt
RUN useradd --system --no-create-home --uid 10001 graphsvc && install -d -o graphsvc -g graphsvc /data
USER graphsvc
VOLUME /data
EXPOSE 8050
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8050/health/live', timeout=4)"]
ENTRYPOINT ["graphsvc"]
CMD ["serve"]
