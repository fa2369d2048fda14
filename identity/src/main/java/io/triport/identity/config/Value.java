package io.triport.identity.config;

import io.triport.domain.request.ByteSize;
import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.InvalidInput;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;

/**
 * How the text of a setting is read.
 *
 * @param expectation what a right text looks like, for messages and the reference
 * @param parser throws {@link IllegalArgumentException}, {@link ArithmeticException}, {@link InvalidInput} or
 *     {@link DateTimeParseException} on another
 */
public record Value<T>(String expectation, Function<String, T> parser) {
    public static final Value<String> TEXT = new Value<>("text", text -> text);
    public static final Value<ByteSize> SIZE = new Value<>("a size such as 128KiB", ByteSize::parse);
    public static final Value<Cidr> CIDR = new Value<>("a block of addresses such as 192.0.2.0/24", Cidr::parse);
    public static final Value<Instant> MOMENT = new Value<>("a time such as 2027-12-31T00:00:00Z", Instant::parse);

    /** What a file has, of at most 256 KiB. */
    public static final Value<Bytes> CONTENT =
            new Value<>("the path of a file of at most 256 KiB that this user may read", FileContent::read);

    /** On or off. */
    public static final Value<Boolean> SWITCH = new Value<>("true or false", text -> switch (text) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException(text);
    });

    /** A size within bounds, both included. */
    public static Value<ByteSize> size(ByteSize least, ByteSize most) {
        return new Value<>("a size of " + least + ".." + most, text -> {
            var size = ByteSize.parse(text);
            if (size.compareTo(least) < 0 || size.compareTo(most) > 0) {
                throw new IllegalArgumentException(text);
            }
            return size;
        });
    }

    /** A part of something, such as {@code 25%}, as its number. */
    public static Value<Integer> percent(int least, int most) {
        return new Value<>(least + "%.." + most + "%", text -> {
            if (!text.endsWith("%")) {
                throw new IllegalArgumentException(text);
            }
            return (int) bounded(text.substring(0, text.length() - 1), least, most);
        });
    }

    public static Value<Integer> integer(int least, int most) {
        return new Value<>(least + ".." + most, text -> (int) bounded(text, least, most));
    }

    public static Value<Long> number(long least, long most) {
        return new Value<>(least + ".." + most, text -> bounded(text, least, most));
    }

    /** A duration such as {@code 500ms}, {@code 60s}, {@code 5m}, {@code 24h} or {@code 7d}. */
    public static Value<Duration> duration(Duration least, Duration most) {
        return new Value<>("a duration of " + show(least) + ".." + show(most), text -> {
            var duration = parseDuration(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw new IllegalArgumentException(text);
            }
            return duration;
        });
    }

    /** One of an enum's constants, written in lower case with hyphens. */
    public static <E extends Enum<E>> Value<E> oneOf(E[] constants) {
        var words = Arrays.stream(constants).map(Value::word).toList();
        return new Value<>("one of " + String.join(", ", words), text -> {
            var index = words.indexOf(text);
            if (index < 0) {
                throw new IllegalArgumentException(text);
            }
            return constants[index];
        });
    }

    public static Value<String> matching(String pattern, String expectation) {
        return new Value<>(expectation, text -> {
            if (!text.matches(pattern)) {
                throw new IllegalArgumentException(expectation);
            }
            return text;
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static long bounded(String text, long least, long most) {
        var number = Long.parseLong(text);
        if (number < least || number > most) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static Duration parseDuration(String text) {
        var digits = text.replaceFirst("[a-z]+$", "");
        var amount = Long.parseLong(digits);
        return switch (text.substring(digits.length())) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            case "h" -> Duration.ofHours(amount);
            case "d" -> Duration.ofDays(amount);
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** As {@link #duration} reads it. */
    public static String show(Duration duration) {
        if (duration.toMillis() % 1000 != 0) {
            return duration.toMillis() + "ms";
        }
        var seconds = duration.toSeconds();
        if (seconds > 0 && seconds % Duration.ofDays(1).toSeconds() == 0) {
            return duration.toDays() + "d";
        }
        return seconds > 0 && seconds % Duration.ofHours(1).toSeconds() == 0 ? duration.toHours() + "h" : seconds + "s";
    }
}
