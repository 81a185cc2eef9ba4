// Two pens with the same strokes: one draws on the canvas, one writes SVG. All coordinates are pixels on the screen.
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";

class CanvasPen {
  constructor(context) {
    this.context = context;
  }

  faded(opacity) {
    this.context.globalAlpha = opacity;
  }

  blob(corners, padding, fill) {
    const context = this.context;
    context.beginPath();
    corners.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
    context.closePath();
    context.fillStyle = context.strokeStyle = fill;
    context.lineJoin = "round";
    context.lineWidth = 2 * padding;
    context.stroke();
    context.fill();
  }

  lines(pairs, { colour, width, dash = [] }) {
    const context = this.context;
    context.beginPath();
    for (const [x1, y1, x2, y2] of pairs) {
      context.moveTo(x1, y1);
      context.lineTo(x2, y2);
    }
    context.setLineDash(dash);
    context.lineCap = dash.length ? "butt" : "round";
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
    context.setLineDash([]);
  }

  symbol(kind, x, y, radius, { fill, stroke, width }) {
    const context = this.context;
    const corners = more.shapes[kind];
    context.beginPath();
    if (corners.length) {
      corners.forEach(([dx, dy], index) => {
        if (index) context.lineTo(x + dx * radius, y + dy * radius);
        else context.moveTo(x + dx * radius, y + dy * radius);
      });
      context.closePath();
    } else {
      context.arc(x, y, radius, 0, 2 * Math.PI);
    }
    context.fillStyle = fill;
    context.strokeStyle = stroke;
    context.lineWidth = width;
    context.lineJoin = "round";
    context.fill();
    context.stroke();
  }

  ring(x, y, radius, { colour, width }) {
    const context = this.context;
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.stroke();
  }

  text(words, x, y, { anchor, size, weight, colour, halo }) {
    const context = this.context;
    context.font = `${weight} ${size}px ${FONT}`;
    context.textAlign = { start: "left", middle: "center", end: "right" }[anchor];
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 3.5;
    context.strokeStyle = halo;
    context.strokeText(words, x, y);
    context.fillStyle = colour;
    context.fillText(words, x, y);
  }
}

class SvgPen {
  constructor(width, height, title) {
    this.opacity = 1;
    this.root = this.part("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, role: "img", "aria-label": title });
    this.root.setAttribute("viewBox", `0 0 ${width} ${height}`);
    this.add("title", {}).textContent = title;
  }

  part(name, attributes) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, typeof value === "number" ? String(Math.round(value * 10) / 10) : value);
    }
    return element;
  }

  add(name, attributes) {
    const element = this.part(name, attributes);
    if (this.opacity < 1) element.setAttribute("opacity", this.opacity);
    this.root.append(element);
    return element;
  }

  faded(opacity) {
    this.opacity = opacity;
  }

  path(points) {
    return points.map(([x, y], index) => `${index ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}`).join("");
  }

  blob(corners, padding, fill) {
    const look = { fill, stroke: fill, "stroke-width": 2 * padding, "stroke-linejoin": "round" };
    this.add("path", { d: `${this.path(corners)}Z`, ...look });
  }

  lines(pairs, { colour, width, dash = [] }) {
    if (!pairs.length) return;
    const d = pairs.map(([x1, y1, x2, y2]) => this.path([[x1, y1], [x2, y2]])).join("");
    const look = { fill: "none", stroke: colour, "stroke-width": width };
    if (dash.length) look["stroke-dasharray"] = dash.join(" ");
    this.add("path", { d, ...look });
  }

  // The name is read out and shown by programs that open the picture.
  symbol(kind, x, y, radius, { fill, stroke, width, name = "" }) {
    const look = { fill, stroke, "stroke-width": width, "stroke-linejoin": "round" };
    const points = more.shapes[kind].map(([dx, dy]) => [x + dx * radius, y + dy * radius]);
    const drawn = points.length
      ? this.add("path", { d: `${this.path(points)}Z`, ...look })
      : this.add("circle", { cx: x, cy: y, r: radius, ...look });
    if (name) drawn.append(this.part("title", {}));
    if (name) drawn.lastChild.textContent = name;
  }

  ring(x, y, radius, { colour, width }) {
    this.add("circle", { cx: x, cy: y, r: radius, fill: "none", stroke: colour, "stroke-width": width });
  }

  text(words, x, y, { anchor, size, weight, colour, halo }) {
    const look = { "font-family": FONT, "font-size": size, "font-weight": weight, "text-anchor": anchor };
    const ink = { fill: colour, stroke: halo, "stroke-width": 3.5, "stroke-linejoin": "round", "paint-order": "stroke" };
    this.add("text", { x, y, "dominant-baseline": "central", ...look, ...ink }).textContent = words;
  }
}
