package io.triport.identity.launch;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The flags behind {@code keygen api-key}. There is none for a secret: keys are made and never chosen. */
record KeygenLine(Map<String, String> values) {
    private static final String CONFIG = "--config";
    private static final String DATA = "--data";
    private static final String MECHANISM = "--mechanism";
    private static final String OWNER = "--owner";
    private static final String LIST = "--list";
    private static final String ROTATE = "--rotate";
    private static final String DISABLE = "--disable";

    /** What is done, of which one may be. */
    private static final List<String> DEEDS = List.of(OWNER, LIST, ROTATE, DISABLE);

    private static final Set<String> KNOWN = Set.of(
            CONFIG, DATA, MECHANISM, OWNER, LIST, ROTATE, DISABLE, "--scopes", "--cidrs", "--expires", "--overlap");

    static KeygenLine parse(List<String> arguments) {
        var values = new HashMap<String, String>();
        var words = arguments.iterator();
        while (words.hasNext()) {
            var flag = words.next();
            if (!KNOWN.contains(flag)) {
                throw new CommandLine.Misused(
                        flag + ": unknown (expected: --config FILE, --data DIR, --mechanism NAME, "
                                + "and --owner NAME [--scopes A,B] [--cidrs A,B] [--expires TIME], --list, "
                                + "--rotate ID [--overlap DURATION] or --disable ID)");
            }
            if (!flag.equals(LIST) && !words.hasNext()) {
                throw new CommandLine.Misused(flag + ": nothing behind it (expected: a value)");
            }
            if (values.put(flag, flag.equals(LIST) ? "" : words.next()) != null) {
                throw new CommandLine.Misused(flag + ": twice (expected: once)");
            }
        }
        if (!values.isEmpty()
                && (!values.containsKey(CONFIG)
                        || DEEDS.stream().filter(values::containsKey).count() != 1)) {
            throw new CommandLine.Misused(
                    "keygen api-key: expected --config FILE with one of --owner, --list, --rotate, --disable");
        }
        return new KeygenLine(Map.copyOf(values));
    }

    Optional<String> value(String flag) {
        return Optional.ofNullable(values.get(flag));
    }

    /** The parts of a list, none when it is left out. */
    List<String> parts(String flag) {
        return value(flag).map(text -> List.of(text.split(",", -1))).orElse(List.of());
    }

    Optional<Path> config() {
        return value(CONFIG).map(Path::of);
    }

    Path data() {
        return Path.of(value(DATA).orElse("var"));
    }

    Optional<String> mechanism() {
        return value(MECHANISM);
    }

    Optional<String> owner() {
        return value(OWNER);
    }

    Optional<String> rotate() {
        return value(ROTATE);
    }

    Optional<String> disable() {
        return value(DISABLE);
    }
}
