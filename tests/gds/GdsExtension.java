import java.util.Optional;

import org.neo4j.configuration.Config;
import org.neo4j.gds.applications.operations.FeatureTogglesRepository;
import org.neo4j.gds.core.model.OpenModelCatalogProvider;
import org.neo4j.gds.core.write.NativeExportBuildersProvider;
import org.neo4j.gds.metrics.Metrics;
import org.neo4j.gds.procedures.integration.DefaultExportLocation;
import org.neo4j.gds.procedures.integration.LogAccessor;
import org.neo4j.gds.procedures.integration.OpenGraphDataScienceExtensionBuilder;
import org.neo4j.kernel.api.procedure.GlobalProcedures;
import org.neo4j.kernel.extension.ExtensionFactory;
import org.neo4j.kernel.extension.context.ExtensionContext;
import org.neo4j.kernel.lifecycle.Lifecycle;
import org.neo4j.logging.internal.LogService;

/**
 * Tells a Neo4j server of Graph Data Science. Its own class for that is in the packaged plugin only, which is on no Maven
 * repository; all that it needs is. Compiled by tests/gds_server.py, for tests alone.
 */
public class GdsExtension extends ExtensionFactory<GdsExtension.Dependencies> {
    public interface Dependencies {
        Config config();

        GlobalProcedures globalProcedures();

        LogService logService();
    }

    public GdsExtension() {
        super("graphsvc.tests.gds");
    }

    @Override
    public Lifecycle newInstance(ExtensionContext context, Dependencies server) {
        var log = new LogAccessor().getLog(server.logService(), getClass());
        return OpenGraphDataScienceExtensionBuilder.create(
            log,
            server.globalProcedures(),
            server.config(),
            (database, configuration) -> new NativeExportBuildersProvider(),
            new DefaultExportLocation(log, server.config()),
            new FeatureTogglesRepository(),
            Metrics.DISABLED,
            new OpenModelCatalogProvider().get().orElseThrow(),
            model -> { throw new UnsupportedOperationException("Tests keep no models."); },
            Optional.empty(),
            Optional.empty(),
            Optional.empty()
        ).getLeft().build();
    }
}
