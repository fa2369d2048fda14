package io.triport.e2e.kv;

import io.triport.e2e.AppProcess;
import io.triport.testkit.PostgreSqlCluster;
import io.triport.testkit.Relay;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A KV proxy whose way to the database is its own. One thread disturbs it while many call it. */
final class ClusterNode implements AutoCloseable {
    private final Path directory;
    private final Relay relay;
    private final Map<String, String> environment;
    private final Path settings;
    private AppProcess process;
    private volatile URI address;

    private ClusterNode(Path directory, Relay relay, Map<String, String> environment, Path settings) {
        this.directory = directory;
        this.relay = relay;
        this.environment = Map.copyOf(environment);
        this.settings = settings;
        this.process = start();
        this.address = process.address();
    }

    /** Returns when it is ready. */
    static ClusterNode start(Path directory, PostgreSqlCluster database, Map<String, String> secrets, Path settings) {
        var relay = Relay.to(URI.create("postgresql://" + database.location()).getPort());
        var environment = new HashMap<>(secrets);
        environment.put("TRIPORT_STORAGE", "postgresql://postgres@127.0.0.1:" + relay.port() + "/postgres");
        return new ClusterNode(directory, relay, environment, settings);
    }

    /** Where it is, or was when it died. */
    URI address() {
        return address;
    }

    /** @param meanwhile returns when it has lasted */
    void disturb(Disturbance what, Runnable meanwhile) {
        switch (what) {
            case CUT -> relay.cut();
            case AWAY -> {
                relay.mode(Relay.Mode.REFUSE);
                relay.cut();
                meanwhile.run();
                relay.mode(Relay.Mode.PASS);
            }
            case DEAF -> {
                relay.mode(Relay.Mode.LOSE_ANSWERS);
                meanwhile.run();
                relay.mode(Relay.Mode.PASS);
            }
            case STILL -> {
                process.pause();
                meanwhile.run();
                process.goOn();
            }
            case KILLED -> {
                process.kill();
                meanwhile.run();
                process = start();
                address = process.address();
            }
        }
    }

    private AppProcess start() {
        return KvNode.start(directory, "node", environment, "--config", settings.toString());
    }

    @Override
    public void close() {
        process.close();
        relay.close();
    }
}
