package io.triport.gateway;

import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.launch.App;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.StartMode;

/** The gateway to the edge: its name, its ports, its settings. */
final class Gateway implements App {
    private static final int PORT = 8804;
    private static final int MANAGEMENT_PORT = 8814;

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public int port() {
        return PORT;
    }

    @Override
    public int managementPort() {
        return MANAGEMENT_PORT;
    }

    @Override
    public AppConfig read(Section triport, Sources sources, StartMode mode) {
        return GatewayConfig.read(sources);
    }
}
