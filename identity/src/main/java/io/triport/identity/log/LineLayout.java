package io.triport.identity.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.LayoutBase;
import java.net.InetAddress;
import java.time.Instant;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** One event per line: as {@code key=value} with quotes where needed, or as a JSON object of the same names. */
final class LineLayout extends LayoutBase<ILoggingEvent> {
    private static final int LONGEST = 256;
    private static final int LINE = 256;
    private static final int MILLIS = 1_000;
    private static final int MOMENT = 24;
    private static final boolean[] PLAIN = plain();

    private final Logging.Format format;
    private final Logging.Addresses addresses;
    // Two, as each remembers one day, and what a line tells of is often not of its own.
    private final MomentText times = new MomentText();
    private final MomentText moments = new MomentText();

    LineLayout(Logging.Format format) {
        this(format, Logging.Addresses.HIDDEN);
    }

    LineLayout(Logging.Format format, Logging.Addresses addresses) {
        this.format = format;
        this.addresses = addresses;
    }

    @Override
    public String doLayout(ILoggingEvent event) {
        var line = new StringBuilder(LINE);
        append(event, line);
        return line.toString();
    }

    void append(ILoggingEvent event, StringBuilder lines) {
        switch (format) {
            case TEXT -> text(event, lines);
            case JSON -> json(event, lines);
        }
        lines.append('\n');
    }

    private void text(ILoggingEvent event, StringBuilder line) {
        time(event.getTimeStamp(), line);
        line.append(' ')
                .append(event.getLevel())
                .append(' ')
                .append(event.getLoggerName())
                .append(' ');
        escape(event.getFormattedMessage(), line);
        if (event.getKeyValuePairs() != null) {
            for (var pair : event.getKeyValuePairs()) {
                line.append(' ').append(pair.key).append('=');
                quoted(value(pair.value), line);
            }
        }
        if (event.getThrowableProxy() != null) {
            line.append(" cause=");
            quote(trace(event.getThrowableProxy()), line, Integer.MAX_VALUE);
        }
    }

    private void json(ILoggingEvent event, StringBuilder line) {
        line.append("{\"time\":\"");
        time(event.getTimeStamp(), line);
        line.append("\",\"level\":\"").append(event.getLevel()).append("\",\"logger\":");
        jsonText(event.getLoggerName(), line);
        line.append(",\"event\":");
        jsonText(event.getFormattedMessage(), line);
        if (event.getKeyValuePairs() != null) {
            for (var pair : event.getKeyValuePairs()) {
                line.append(',');
                jsonText(pair.key, line);
                line.append(':');
                jsonText(cut(value(pair.value)), line);
            }
        }
        if (event.getThrowableProxy() != null) {
            line.append(",\"cause\":");
            jsonText(trace(event.getThrowableProxy()), line);
        }
        line.append('}');
    }

    private void time(long millis, StringBuilder line) {
        times.append(Math.floorDiv(millis, MILLIS), line);
        var rest = Math.floorMod(millis, MILLIS);
        if (rest > 0) {
            line.append(rest < 10 ? ".00" : rest < 100 ? ".0" : ".").append(rest);
        }
        line.append('Z');
    }

    private String value(@Nullable Object value) {
        if (value instanceof InetAddress address) {
            return address.getHostAddress();
        }
        if (value instanceof Named named && addresses == Logging.Addresses.SHOWN) {
            return named.whole();
        }
        if (value instanceof Instant moment && moment.getNano() == 0) {
            var text = new StringBuilder(MOMENT);
            moments.append(moment.getEpochSecond(), text);
            return text.append('Z').toString();
        }
        return String.valueOf(value);
    }

    private static void jsonText(String text, StringBuilder line) {
        line.append('"');
        escape(text, line);
        line.append('"');
    }

    /** Quotes only what a reader, or a program that splits at blanks, could take apart wrongly. */
    private static void quoted(String text, StringBuilder line) {
        if (text.isEmpty() || !plain(text)) {
            quote(text, line, LONGEST);
        } else {
            line.append(cut(text));
        }
    }

    private static void quote(String text, StringBuilder line, int longest) {
        line.append('"');
        escape(text.length() > longest ? cut(text) : text, line);
        line.append('"');
    }

    private static void escape(String text, StringBuilder line) {
        if (plain(text)) {
            line.append(text);
            return;
        }
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                case '"', '\\' -> line.append('\\').append(c);
                default -> {
                    if (visible(text, i)) {
                        line.append(c);
                    } else {
                        line.append("\\u").append(HexFormat.of().toHexDigits(c));
                    }
                }
            }
        }
    }

    /** What breaks a line, turns its direction or is half a character would let a text pretend to be more than one. */
    private static boolean visible(String text, int index) {
        var c = text.charAt(index);
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SURROGATE -> paired(text, index);
            default -> true;
        };
    }

    private static boolean paired(String text, int index) {
        return Character.isHighSurrogate(text.charAt(index))
                ? index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1))
                : index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }

    private static String cut(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    private static boolean plain(String text) {
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c >= PLAIN.length || !PLAIN[c]) {
                return false;
            }
        }
        return true;
    }

    private static boolean[] plain() {
        var plain = new boolean[0x7F];
        for (var c = ' ' + 1; c < plain.length; c++) {
            plain[c] = c != '"' && c != '\\' && c != '=';
        }
        return plain;
    }

    private static String trace(IThrowableProxy failure) {
        return ThrowableProxyUtil.asString(failure);
    }
}
