package io.triport.identity.log;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import org.slf4j.LoggerFactory;

/**
 * Sends all lines to standard output, off the threads that serve requests. A full queue makes the writer wait: a line of the
 * three layers is never dropped.
 */
public record Logging(Format format, Threshold level) {
    private static final int QUEUE = 16_384;

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

    public static Logging read(Section triport) {
        var log = triport.section("log");
        return new Logging(
                log.value("format", Value.oneOf(Format.values()), "text", "How a log line looks."),
                log.value(
                        "level",
                        Value.oneOf(Threshold.values()),
                        "info",
                        "The least important lines that are written."));
    }

    public void install() {
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        var encoder = new LayoutWrappingEncoder<ILoggingEvent>();
        var layout = new LineLayout(format);
        layout.setContext(context);
        layout.start();
        encoder.setContext(context);
        encoder.setLayout(layout);
        encoder.start();
        var console = new ConsoleAppender<ILoggingEvent>();
        console.setContext(context);
        console.setEncoder(encoder);
        console.start();
        var async = new AsyncAppender();
        async.setContext(context);
        async.setQueueSize(QUEUE);
        async.setDiscardingThreshold(0);
        async.addAppender(console);
        async.start();
        var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.WARN);
        root.addAppender(async);
        context.getLogger("triport").setLevel(Level.toLevel(level.name()));
        context.getLogger("io.triport").setLevel(Level.toLevel(level.name()));
    }

    /** Writes what still waits. */
    public static void flush() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
    }
}
