package io.triport.e2e.gateway;

import io.triport.e2e.AppProcess;
import io.triport.e2e.OwnHost;
import io.triport.e2e.SmallDisk;
import io.triport.gateway.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** The gateway as a process, and its file. */
final class GatewayNode {
    private GatewayNode() {}

    /** Returns when it is ready. @param directory of its data, output and file */
    static AppProcess start(Path directory, String yaml, Map<String, String> environment) {
        return launch(directory, yaml, environment).awaited();
    }

    /** Returns when it is ready. @param directory of its output and file; its data is on the disk */
    static AppProcess startOn(SmallDisk disk, Path directory, String yaml) {
        return AppProcess.launch(run(directory).on(disk), Map.of(), arguments(directory, yaml))
                .awaited();
    }

    /** Does not wait. */
    static AppProcess launch(Path directory, String yaml, Map<String, String> environment) {
        return AppProcess.launch(run(directory), environment, arguments(directory, yaml));
    }

    /** On a host of its own. Does not wait. */
    static AppProcess launchOn(OwnHost host, Path directory, String yaml, Map<String, String> environment) {
        return host.launch(run(directory), environment, arguments(directory, yaml));
    }

    /** Puts another file in the place of the one that it was started with. */
    static void configure(Path directory, String yaml) {
        try {
            var fresh = Files.writeString(Files.createDirectories(directory).resolve("fresh.yaml"), yaml);
            Files.move(fresh, file(directory), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> arguments(Path directory, String yaml) {
        configure(directory, yaml);
        return List.of("--config", file(directory).toString());
    }

    private static Path file(Path directory) {
        return directory.resolve("gateway.yaml");
    }

    private static AppProcess.Run run(Path directory) {
        return AppProcess.Run.in(directory, "gateway", Application.class, "output");
    }
}
