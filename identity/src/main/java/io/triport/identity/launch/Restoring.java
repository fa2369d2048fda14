package io.triport.identity.launch;

import io.triport.domain.failure.StorageFailure;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.sql.DatabaseId;
import io.triport.domain.sql.ShippedDatabases;
import io.triport.identity.log.Logging;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code restore}: databases of a configured app from the bucket of their earlier states. */
record Restoring(App app, Map<String, String> environment, PrintStream out, PrintStream err) {
    private static final String CONFIG = "--config";
    private static final String DATA = "--data";
    private static final String DATABASE = "--database";
    private static final String EXPECTED = "expected: --config FILE, and --data DIR, --database ID, or both";

    /** Without a database all are listed. */
    int run(List<String> arguments) {
        var values = values(arguments);
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, Path.of(values.getOrDefault(DATA, "var")));
        var file = Optional.of(Path.of(values.get(CONFIG)));
        var wanted = Optional.ofNullable(values.get(DATABASE)).map(Restoring::id);
        var config = Configuration.read(app, file, mode, environment, Map.of());
        config.logging().ofCommand().install(err);
        try (var context = RunningApp.wiringOfCommand(app, config).start()) {
            var shipped = context.findBean(ShippedDatabases.class);
            if (shipped.isEmpty()) {
                err.println(app.name() + ": restore: no place for earlier states of databases is configured");
                return Launch.FAILED;
            }
            if (wanted.isPresent()) {
                out.println("bookmark=" + shipped.get().restore(wanted.get()));
            } else {
                shipped.get()
                        .all()
                        .forEach(each ->
                                out.println("id=" + each.id() + " name=" + each.name() + " created=" + each.created()));
            }
            return Launch.OK;
        } catch (StorageFailure e) {
            err.println(app.name() + ": restore: " + e.getMessage());
            return Launch.FAILED;
        } catch (RuntimeException e) {
            err.println(app.name() + ": restore: " + RunningApp.rootMessage(e));
            return Launch.FAILED;
        } finally {
            Logging.flush();
        }
    }

    private static DatabaseId id(String text) {
        try {
            return new DatabaseId(text);
        } catch (InvalidInput e) {
            throw new CommandLine.Misused(DATABASE + ": " + e.getMessage());
        }
    }

    private static Map<String, String> values(List<String> arguments) {
        var values = new HashMap<String, String>();
        var words = arguments.iterator();
        while (words.hasNext()) {
            var flag = words.next();
            if (!List.of(CONFIG, DATA, DATABASE).contains(flag)
                    || !words.hasNext()
                    || values.put(flag, words.next()) != null) {
                throw new CommandLine.Misused("restore: " + flag + " (" + EXPECTED + ")");
            }
        }
        if (!values.containsKey(CONFIG)) {
            throw new CommandLine.Misused("restore: " + EXPECTED);
        }
        return values;
    }
}
