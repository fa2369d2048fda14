package io.triport.identity.log;

import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** One event as a line: its word and its fields in order. User text is cut and escaped by the layout. */
record LogLine(LoggingEventBuilder builder) {
    static LogLine at(Logger logger, Level level) {
        return new LogLine(logger.atLevel(level));
    }

    LogLine with(String name, Object value) {
        return new LogLine(builder.addKeyValue(name, value));
    }

    void write(String event) {
        builder.log(event);
    }
}
