package io.triport.identity.config;

/** A configuration that cannot be used, as one line for the operator: where, which key, what it says and what was expected. */
public final class ConfigError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private static final int LONGEST = 256;

    /**
     * @param origin where it was read, such as {@code app.yml line 7}
     * @param key the full key, such as {@code triport.kv.list-limit}
     * @param value as written, or a word in its place for what must not be shown
     * @param expectation such as {@code 1..1000}
     */
    public ConfigError(String origin, String key, String value, String expectation) {
        super(oneLine(origin + ": " + cut(key) + ": " + cut(value) + " (expected: " + expectation + ")"));
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{Cc}\\p{Zl}\\p{Zp}]+", " ");
    }

    private static String cut(String value) {
        return value.length() > LONGEST ? value.substring(0, LONGEST) + "..." : value;
    }
}
