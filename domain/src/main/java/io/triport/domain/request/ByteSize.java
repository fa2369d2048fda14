package io.triport.domain.request;

/** An amount of bytes, 0 or more. */
public record ByteSize(long bytes) implements Comparable<ByteSize> {
    public static final ByteSize ZERO = new ByteSize(0);

    private static final int STEP = 1024;

    public ByteSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("bytes: " + bytes + " (expected: 0 or more)");
        }
    }

    public static ByteSize ofBytes(long bytes) {
        return new ByteSize(bytes);
    }

    public static ByteSize ofKiB(long kib) {
        return new ByteSize(Math.multiplyExact(kib, STEP));
    }

    public static ByteSize ofMiB(long mib) {
        return ofKiB(Math.multiplyExact(mib, STEP));
    }

    /**
     * Reads {@code 512}, {@code 128KiB}, {@code 25MiB} or {@code 1GiB}.
     *
     * @throws InvalidInput for any other text
     */
    public static ByteSize parse(String text) {
        var matcher =
                java.util.regex.Pattern.compile("([0-9]{1,15})(B|KiB|MiB|GiB)?").matcher(text);
        if (!matcher.matches()) {
            throw new InvalidInput("size", "a number with B, KiB, MiB or GiB, such as 128KiB");
        }
        var unit = matcher.group(2) == null ? "B" : matcher.group(2);
        long factor = switch (unit) {
            case "KiB" -> STEP;
            case "MiB" -> (long) STEP * STEP;
            case "GiB" -> (long) STEP * STEP * STEP;
            default -> 1;
        };
        try {
            return new ByteSize(Math.multiplyExact(Long.parseLong(matcher.group(1)), factor));
        } catch (ArithmeticException e) {
            throw new InvalidInput("size", "at most 8 EiB");
        }
    }

    @Override
    public int compareTo(ByteSize other) {
        return Long.compare(bytes, other.bytes);
    }

    @Override
    public String toString() {
        if (bytes > 0 && bytes % (STEP * STEP) == 0) {
            return bytes / (STEP * STEP) + "MiB";
        }
        return bytes > 0 && bytes % STEP == 0 ? bytes / STEP + "KiB" : Long.toString(bytes);
    }
}
