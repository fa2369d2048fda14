package io.triport.identity.launch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The flags of {@code run}. @param configs none or one. @param settings values by full key */
record CommandLine(List<Path> configs, Path data, boolean development, Map<String, String> settings) {
    /** The words could not be understood. */
    static final class Misused extends RuntimeException {
        private static final long serialVersionUID = 1;

        Misused(String message) {
            super(message);
        }
    }

    static CommandLine parse(List<String> arguments) {
        List<Path> configs = List.of();
        var data = Path.of("var");
        var development = false;
        var settings = new HashMap<String, String>();
        var words = arguments.iterator();
        while (words.hasNext()) {
            var flag = words.next();
            switch (flag) {
                case "--config" -> configs = List.of(Path.of(next(flag, words)));
                case "--data" -> data = Path.of(next(flag, words));
                case "--port" -> settings.put("triport.listen.port", next(flag, words));
                case "--management-port" -> settings.put("triport.management.port", next(flag, words));
                case "--dev" -> development = true;
                case "--shared-data" -> settings.put("triport.shared-data", "true");
                default ->
                    throw new Misused(flag
                            + ": unknown (expected: --config FILE, --data DIR, --shared-data, --port N,"
                            + " --management-port N, --dev)");
            }
        }
        return new CommandLine(configs, data, development, settings);
    }

    Optional<Path> config() {
        return configs.stream().findFirst();
    }

    private static String next(String flag, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new Misused(flag + ": nothing behind it (expected: a value)");
        }
        return words.next();
    }
}
