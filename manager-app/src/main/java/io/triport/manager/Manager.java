package io.triport.manager;

import io.triport.domain.time.Randomness;
import io.triport.identity.config.Section;
import io.triport.identity.config.Sources;
import io.triport.identity.launch.App;
import io.triport.identity.launch.AppConfig;
import io.triport.identity.launch.StartMode;

/** The manager to the edge: its name, its ports, its settings. */
public final class Manager implements App {
    public static final String NAME = "manager";

    /** Says which app runs, so that a class path with several apps wires the beans of that one only. */
    public static final String APP = "micronaut.application.name";

    private static final int PORT = 8803;
    private static final int MANAGEMENT_PORT = 8813;

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
        return ManagerConfig.read(triport, sources, mode, Randomness.system());
    }
}
