package io.triport.gateway;

import io.triport.gateway.config.GatewaySettings;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.launch.App;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.StartMode;
import io.triport.identity.launch.UsualFile;
import java.util.Optional;

/** The gateway to the edge: its name, its ports, its settings. */
final class Gateway implements App {
    static final String NAME = "gateway";

    /** Says which app runs, so that a class path with several apps wires the beans of that one only. */
    static final String APP = "micronaut.application.name";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int port() {
        return GatewaySettings.PORT;
    }

    @Override
    public int managementPort() {
        return GatewaySettings.ADMIN_PORT;
    }

    @Override
    public Optional<UsualFile> usualFile() {
        return Optional.of(new UsualFile("TRIPORT_GATEWAY_CONFIG", "gateway.yaml"));
    }

    @Override
    public AppConfig read(Section triport, Sources sources, StartMode mode) {
        return GatewayConfig.read(triport, sources, mode);
    }
}
