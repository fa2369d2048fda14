package io.triport.objects;

import io.triport.domain.time.Randomness;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.launch.App;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.StartMode;
import io.triport.objects.config.Federation;

/** The object proxy to the edge: its name, its ports, its settings. */
public final class ObjectProxy implements App {
    static final String NAME = "object-proxy";

    /** Says which app runs, so that a class path with several apps wires the beans of that one only. */
    static final String APP = "micronaut.application.name";

    private static final int PORT = 8802;
    private static final int MANAGEMENT_PORT = 8812;

    private final Federation federation = new Federation();

    @Override
    public String name() {
        return NAME;
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
        return ObjectProxyConfig.read(triport, sources, mode, Randomness.system(), federation);
    }
}
