package io.triport.identity.launch;

import io.triport.identity.config.ConfigError;
import io.triport.identity.log.Explain;
import io.triport.identity.log.Logging;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings an app up and takes it down: reads its configuration, starts the server, watches the file, drains at the end. */
public final class Launch {
    /** Done. */
    public static final int OK = 0;

    /** Refused or failed. */
    public static final int FAILED = 1;

    /** Words that make no command. */
    public static final int MISUSED = 2;

    /** A configuration that cannot be used. */
    public static final int BAD_CONFIGURATION = 78;

    private static final Logger LOG = LoggerFactory.getLogger(Launch.class);

    private final App app;
    private final Map<String, String> environment;
    private final PrintStream out;
    private final PrintStream err;

    public Launch(App app, Map<String, String> environment, PrintStream out, PrintStream err) {
        this.app = app;
        this.environment = Map.copyOf(environment);
        this.out = out;
        this.err = err;
    }

    /** Does what the words say and waits until it is done. @return the exit code */
    public int run(List<String> arguments) {
        try {
            var own = app.command(arguments);
            if (own.isPresent()) {
                return own.getAsInt();
            }
            var made = new Keygen(app, environment, out, err).run(arguments);
            if (made.isPresent()) {
                return made.getAsInt();
            }
            if (!arguments.isEmpty() && arguments.getFirst().equals("restore")) {
                return new Restoring(app, environment, out, err).run(arguments.subList(1, arguments.size()));
            }
            if (!arguments.isEmpty() && arguments.getFirst().equals("check")) {
                return check(arguments.subList(1, arguments.size()));
            }
            if (!arguments.isEmpty() && arguments.getFirst().equals("explain")) {
                return new Explain(out, err).run(arguments.subList(1, arguments.size()));
            }
            return serve(CommandLine.parse(arguments));
        } catch (CommandLine.Misused e) {
            err.println(app.name() + ": " + e.getMessage());
            return MISUSED;
        } catch (ConfigError e) {
            err.println(app.name() + ": " + e.getMessage());
            return BAD_CONFIGURATION;
        }
    }

    private int check(List<String> arguments) {
        if (arguments.size() != 1) {
            throw new CommandLine.Misused("check: " + arguments.size() + " words behind it (expected: one file)");
        }
        var file = Path.of(arguments.getFirst());
        var mode = new StartMode(StartMode.Credentials.CONFIGURED, Path.of("var"));
        var config = Configuration.read(app, Optional.of(file), mode, environment, Map.of());
        config.settings().forEach(setting -> out.println(setting.key() + " = " + setting.shown()));
        config.app().explained().forEach(out::println);
        config.app().warnings().forEach(warning -> out.println("warning: " + warning));
        return OK;
    }

    /** For development only what was asked for: a file that happens to lie there means something else. */
    private Optional<Path> file(CommandLine line) {
        return line.config().isPresent() || line.development()
                ? line.config()
                : app.usualFile().flatMap(usual -> usual.find(environment, Path.of("")));
    }

    private int serve(CommandLine line) {
        var credentials = line.development() ? StartMode.Credentials.DEVELOPMENT : StartMode.Credentials.CONFIGURED;
        var mode = new StartMode(credentials, line.data());
        var origin = new Configuration.Origin(file(line).orElse(null), mode, environment, line.settings());
        var reading = Reading.of(files -> Configuration.read(app, origin, files));
        var config = reading.configuration();
        config.logging().install(out);
        ManagementServer.boundClients();
        config.app().warnings().forEach(LOG::warn);
        if (line.development()) {
            LOG.warn("started with --dev: loopback only, credentials for development");
        }
        try (var running = RunningApp.start(app, reading)) {
            running.announce(line.data(), out);
            running.awaitStop();
            return OK;
        } catch (StartFailed e) {
            err.println(app.name() + ": " + e.getMessage());
            if (e.misconfigured()) {
                return BAD_CONFIGURATION;
            }
            LOG.error("not started", e);
            return FAILED;
        } finally {
            Logging.flush();
        }
    }
}
