package io.triport.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.triport.testkit.Relay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A host of its own for a process: a network name space that two cables join to this one, one for its clients and one for its stores.
 * What is on a cable that is pulled vanishes, and nobody is told, as it is with hosts and never with the loopback. It needs a Linux
 * whose root may make name spaces. One thread pulls cables.
 */
public final class OwnHost implements AutoCloseable {
    private static final int MOST = 250;

    /** Of nobody: what is sent to it gets nowhere. */
    private static final String NOBODY = "02:00:00:00:00:99";

    private final int number;
    private final List<Relay> ways = new ArrayList<>();

    private OwnHost(int number) {
        this.number = number;
    }

    /** Or an aborted test where none can be made. */
    public static OwnHost open() {
        for (var number = 0; number < MOST; number++) {
            var host = new OwnHost(number);
            if (host.tried("netns", "add", host.name()).isEmpty()) {
                host.join();
                return host;
            }
        }
        var said = new OwnHost(MOST).tried("netns", "add", "triport-" + MOST);
        assumeTrue(false, "no network of one's own (" + said + "): cables that are pulled are not tested");
        throw new AssertionError(said);
    }

    private void join() {
        ip("-n", name(), "link", "set", "lo", "up");
        join("clients", outside("c"), 1);
        join("stores", outside("s"), 5);
    }

    /** @param first the last number of the address of the outer end; the next is that of the inner end */
    private void join(String inner, String outer, int first) {
        ip("link", "add", outer, "type", "veth", "peer", "name", inner, "netns", name());
        ip("address", "add", network() + first + "/30", "dev", outer);
        ip("link", "set", outer, "up");
        ip("-n", name(), "address", "add", network() + (first + 1) + "/30", "dev", inner);
        ip("-n", name(), "link", "set", inner, "up");
    }

    /** Starts a program there, which its clients here find. Does not wait for it. */
    public AppProcess launch(AppProcess.Run run, Map<String, String> environment, List<String> arguments) {
        var listening = new HashMap<>(environment);
        listening.put("TRIPORT_LISTEN_ADDRESS", network() + 2);
        listening.put("TRIPORT_MANAGEMENT_ADDRESS", network() + 2);
        return AppProcess.launch(run.behind(List.of("ip", "netns", "exec", name())), listening, arguments);
    }

    /** A way over the cable of the stores. @param port on the loopback of this host @return host and port inside */
    public String wayToStore(int port) {
        return wayTo(port, outerEnd());
    }

    /** The address of its end of the cable of the stores. */
    public String innerEnd() {
        return network() + 6;
    }

    /** The address of the other end of that cable, on this host. */
    public String outerEnd() {
        return network() + 5;
    }

    /** A way that nobody pulls. @param port on the loopback of this host @return host and port inside */
    public String lastingWayTo(int port) {
        return wayTo(port, network() + 1);
    }

    private String wayTo(int port, String entrance) {
        try {
            var way = Relay.at(InetAddress.getByName(entrance), port);
            ways.add(way);
            return entrance + ":" + way.port();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Pulls the cable of the stores. */
    public void cut() {
        ip("link", "set", outside("s"), "down");
    }

    /** What it says still gets to its stores, and no answer comes. */
    public void deafen() {
        ip("neighbour", "replace", innerEnd(), "lladdr", NOBODY, "dev", outside("s"), "nud", "permanent");
    }

    /** After {@link #cut} or {@link #deafen}. */
    public void heal() {
        ip("link", "set", outside("s"), "up");
        tried("neighbour", "delete", innerEnd(), "dev", outside("s"));
    }

    @Override
    public void close() {
        ways.forEach(Relay::close);
        ip("netns", "delete", name());
    }

    private String name() {
        return "triport-" + number;
    }

    private String outside(String which) {
        return "triport" + number + which;
    }

    private String network() {
        return "10.213." + number + ".";
    }

    private void ip(String... words) {
        var said = tried(words);
        if (!said.isEmpty()) {
            throw new AssertionError("ip " + String.join(" ", words) + ": " + said);
        }
    }

    /** @return what went wrong, empty for nothing */
    private String tried(String... words) {
        var command = new ArrayList<>(List.of("ip"));
        command.addAll(List.of(words));
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor() == 0 ? "" : said.isBlank() ? "failed" : said.strip();
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
