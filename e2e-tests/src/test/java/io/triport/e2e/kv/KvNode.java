package io.triport.e2e.kv;

import io.triport.e2e.AppProcess;
import io.triport.e2e.SmallDisk;
import io.triport.kv.Application;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The KV proxy as a process. */
final class KvNode {
    private KvNode() {}

    /** Returns when it is ready. @param directory of its data. @param name of this run, for its output */
    static AppProcess start(Path directory, String name, Map<String, String> environment, String... arguments) {
        return launch(directory, name, environment, arguments).awaited();
    }

    /** Returns when it is ready. @param directory of its output; its data is on the disk */
    static AppProcess startOn(SmallDisk disk, Path directory, String name, Map<String, String> environment) {
        return AppProcess.launch(run(directory, name).on(disk), environment, List.of())
                .awaited();
    }

    /** The same with the code of objects. */
    static AppProcess startOn(
            SmallDisk disk,
            Path code,
            Path directory,
            String name,
            Map<String, String> environment,
            String... arguments) {
        return AppProcess.launch(run(directory, name).on(disk).with(code), environment, List.of(arguments))
                .awaited();
    }

    /** Does not wait. */
    static AppProcess launch(Path directory, String name, Map<String, String> environment, String... arguments) {
        return AppProcess.launch(run(directory, name), environment, List.of(arguments));
    }

    /** With the code of objects. Does not wait. */
    static AppProcess launchWith(
            Path code, Path directory, String name, Map<String, String> environment, String... arguments) {
        return AppProcess.launch(run(directory, name).with(code), environment, List.of(arguments));
    }

    /** With the code of objects, and a clock that is ahead. Does not wait. */
    static AppProcess launchAhead(
            Duration by, Path code, Path directory, String name, Map<String, String> environment, String... arguments) {
        return AppProcess.launch(run(directory, name).ahead(by).with(code), environment, List.of(arguments));
    }

    static List<String> program() {
        return AppProcess.program(Application.class);
    }

    /** With the code of objects. */
    static List<String> program(Path code) {
        return AppProcess.program(Application.class, List.of(code));
    }

    private static AppProcess.Run run(Path directory, String name) {
        return AppProcess.Run.in(directory, "kv-proxy", Application.class, name + ".out");
    }
}
