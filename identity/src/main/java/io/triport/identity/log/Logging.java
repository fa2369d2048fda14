package io.triport.identity.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import io.micrometer.core.instrument.MeterRegistry;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.io.PrintStream;
import org.slf4j.LoggerFactory;

/**
 * Sends all lines to one stream, off the threads that serve requests. A full queue makes the writer wait: a line of the
 * three layers is never dropped.
 */
public record Logging(Format format, Threshold level, Addresses addresses) {
    private static final String COUNTS = LineCounts.class.getName();

    /** How a line looks. */
    public enum Format {
        /** {@code key=value}, for people. */
        TEXT,
        /** A JSON object of the same names. */
        JSON
    }

    /** The least important lines that are written. */
    public enum Threshold {
        ERROR,
        WARN,
        INFO,
        DEBUG
    }

    /** Whether lines show names of principals that are addresses of e-mail. */
    public enum Addresses {
        SHOWN,
        HIDDEN
    }

    public static Logging read(Section triport) {
        var log = triport.section("log");
        return new Logging(
                log.value("format", Value.oneOf(Format.values()), "text", "How a log line looks."),
                log.value(
                        "level",
                        Value.oneOf(Threshold.values()),
                        "info",
                        "The least important lines that are written."),
                log.value(
                                "email",
                                Value.SWITCH,
                                "false",
                                "Whether lines show names of principals that are addresses of e-mail.")
                        ? Addresses.SHOWN
                        : Addresses.HIDDEN);
    }

    /** The same for a command, whose own words should not be lost among lines. */
    public Logging ofCommand() {
        return new Logging(format, Threshold.WARN, addresses);
    }

    /** @param out takes the lines from now on */
    public void install(PrintStream out) {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var counts = new LineCounts();
        var lines = new LineWriter(new LineLayout(format, addresses), counts, out);
        context.putObject(COUNTS, counts);
        lines.setContext(context);
        lines.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(lines);
        context.getLogger("triport").setLevel(Level.toLevel(level.name()));
        context.getLogger("io.triport").setLevel(Level.toLevel(level.name()));
    }

    /** Lets a registry show how many lines there were, where they are ours. */
    public static void show(MeterRegistry registry) {
        if (((LoggerContext) LoggerFactory.getILoggerFactory()).getObject(COUNTS) instanceof LineCounts counts) {
            counts.show(registry);
        }
    }

    /** Writes what still waits. */
    public static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
