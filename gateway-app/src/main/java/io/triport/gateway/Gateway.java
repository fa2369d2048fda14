package io.triport.gateway;

import io.triport.domain.time.Randomness;
import io.triport.gateway.config.GatewaySettings;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.launch.App;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.StartMode;

/** The gateway to the edge: its name, its ports, its settings. */
final class Gateway implements App {
    @Override
    public String name() {
        return "gateway";
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
    public AppConfig read(Section triport, Sources sources, StartMode mode) {
        return GatewayConfig.read(triport, sources, mode, Randomness.system());
    }
}
