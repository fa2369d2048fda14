package io.triport.e2e.kv;

import io.triport.e2e.AppProcess;
import io.triport.testkit.Relay;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A KV proxy whose ways to its servers are its own. One thread disturbs it while many call it. */
final class ClusterNode implements AutoCloseable {
    private final Started started;
    private final List<Relay> ways;
    private AppProcess process;
    private volatile URI address;
    private volatile boolean dead;

    /**
     * How it starts, each time.
     *
     * @param directory of its data and its output, which has its name
     * @param code of objects
     */
    record Started(Path directory, Path code, Path settings, Map<String, String> environment) {
        AppProcess start() {
            return KvNode.launchWith(code, directory, "node", environment, "--config", settings.toString())
                    .awaited();
        }
    }

    /** Returns when it is ready. @param ways to its servers */
    ClusterNode(Started started, List<Relay> ways) {
        this.started = started;
        this.ways = List.copyOf(ways);
        this.process = started.start();
        this.address = process.address();
    }

    String name() {
        return started.directory().getFileName().toString();
    }

    /** Where it is, or was when it died. */
    URI address() {
        return address;
    }

    /** Nobody is there. */
    boolean dead() {
        return dead;
    }

    int ways() {
        return ways.size();
    }

    /** @param way that is disturbed, if it is a way. @param meanwhile returns when it has lasted */
    void disturb(Disturbance what, int way, Runnable meanwhile) {
        var relay = ways.get(way);
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
                dead = true;
                process.kill();
                meanwhile.run();
                process = started.start();
                address = process.address();
                dead = false;
            }
        }
    }

    @Override
    public void close() {
        process.close();
        ways.forEach(Relay::close);
    }
}
