package io.triport.e2e.docs;

import io.triport.e2e.AppProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One shell that runs the blocks of a page, in a directory where {@code ./triport} starts the app under test. The addresses of
 * the pages are replaced by free ones.
 */
final class Shell {
    private static final String END = "--- end of a block of the page ---";
    private static final long LONGEST_SECONDS = 120;
    private static final String KV_PROXY = "127.0.0.1:8801";
    private static final String MANAGER = "127.0.0.1:8803";
    private static final String GATEWAY = "127.0.0.1:8804";

    private final Path directory;
    private final Map<String, String> addresses;

    Shell(Path directory) throws IOException {
        this.directory = directory;
        this.addresses = Map.of(
                KV_PROXY,
                "127.0.0.1:" + freePort(),
                "127.0.0.1:8811",
                "127.0.0.1:" + freePort(),
                MANAGER,
                "127.0.0.1:" + freePort(),
                GATEWAY,
                "127.0.0.1:" + freePort());
        Files.createDirectories(directory.resolve("var/log"));
        var launcher = directory.resolve("triport");
        Files.writeString(launcher, launcher());
        Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    }

    static boolean has(String program) {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
    }

    /** @return what each block printed on standard output */
    List<String> run(Page page) throws IOException, InterruptedException {
        var script = directory.resolve("page.sh");
        Files.writeString(script, script(page));
        var shell = new ProcessBuilder("bash", script.toString())
                .directory(directory.toFile())
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile())
                .start();
        if (!shell.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
            shell.descendants().forEach(ProcessHandle::destroyForcibly);
            shell.destroyForcibly().waitFor();
            throw new AssertionError("not done in " + LONGEST_SECONDS + " s: " + told());
        }
        return List.of(Files.readString(directory.resolve("out")).split(Pattern.quote(END + "\n"), -1));
    }

    /** What helps to understand a failure. */
    String told() {
        try {
            var log = directory.resolve("var/log/kv-proxy.log");
            return Files.readString(directory.resolve("err")) + (Files.exists(log) ? Files.readString(log) : "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String script(Page page) {
        var script = new StringBuilder("""
            app= others=
            stop() {
              [ -z "$app" ] && return
              kill -TERM $app $others && wait $app $others 2>>/dev/null
              app= others=
            }
            trap stop EXIT
            start() {
              rm -f var/run/kv-proxy.ready
              "$@" >>var/log/kv-proxy.log 2>&1 &
              app=$!
              while kill -0 "$app" && [ ! -e var/run/kv-proxy.ready ]; do read -r -t 0.1 <>never; done
            }
            mkfifo never
            start ./triport up
            """);
        if (page.runs(GATEWAY)) {
            script.append(beside("gateway", "var/gateway/run", "ROUTES=/kv-proxy=http://" + KV_PROXY));
        }
        if (page.runs(MANAGER)) {
            script.append(beside("manager", "var/run", ""));
        }
        for (var block : page.blocks()) {
            if (block.is("sh", "tested")) {
                script.append(block.text()).append("echo '").append(END).append("'\n");
            } else if (block.is("sh", "server")) {
                script.append("stop\nstart ")
                        .append(block.text())
                        .append("echo '")
                        .append(END)
                        .append("'\n");
            }
        }
        var text = script.toString();
        for (var address : addresses.entrySet()) {
            text = text.replace(address.getKey(), address.getValue());
        }
        return text;
    }

    /** Starts another app of those that {@code up} starts, and waits until it is ready. */
    private static String beside(String app, String run, String environment) {
        return """
            %3$s ./triport up-%1$s >>var/log/kv-proxy.log 2>&1 &
            others="$others $!"
            while kill -0 $! && [ ! -e %2$s/%1$s.ready ]; do read -r -t 0.1 <>never; done
            """.formatted(app, run, environment);
    }

    private String launcher() {
        return """
            #!/bin/sh
            command=$1
            shift
            case $command in
              up) set -- --dev --data var --shared-data --port PORT --management-port MANAGEMENT ;;
              up-manager)
                exec START_MANAGER --dev --data var --shared-data --port MANAGER --management-port 0 ;;
              up-gateway)
                exec START_GATEWAY --dev --data var/gateway --port GATEWAY --management-port 0 ;;
              run) shift; set -- --data var "$@" --port PORT --management-port MANAGEMENT ;;
              check) shift; set -- check "$@" ;;
              keygen) set -- keygen "$@" ;;
              explain) set -- explain "$1" var/log/kv-proxy.log ;;
            esac
            exec START_KV_PROXY "$@"
            """.replace("START_KV_PROXY", program(io.triport.kv.Application.class))
                .replace("START_MANAGER", program(io.triport.manager.Application.class))
                .replace("START_GATEWAY", program(io.triport.gateway.Application.class))
                .replace("GATEWAY", port(GATEWAY))
                .replace("MANAGER ", port(MANAGER) + " ")
                .replace("PORT", port(KV_PROXY))
                .replace("MANAGEMENT", port("127.0.0.1:8811"));
    }

    private static String program(Class<?> main) {
        return AppProcess.program(main).stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    }

    private String port(String address) {
        var free = addresses.getOrDefault(address, address);
        return free.substring(free.indexOf(':') + 1);
    }

    private static int freePort() throws IOException {
        try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }
}
