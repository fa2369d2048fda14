package io.triport.identity.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.triport.domain.request.Sha256;
import java.util.Collection;
import java.util.stream.Collectors;

/** A setting that was read: what the reference and the dump show of it. @param shown the effective value, masked for secrets */
public record Setting(String key, String expectation, String fallback, String about, String shown, String origin) {
    private static final int DIGITS = 16;

    /** Tells configurations apart by their effective values, wherever these were read; secrets are no part of it. 16 digits. */
    public static String digest(Collection<Setting> settings) {
        var text = settings.stream()
                .map(setting -> setting.key() + '=' + setting.shown())
                .sorted()
                .collect(Collectors.joining("\n"));
        return Sha256.hex(text.getBytes(UTF_8)).substring(0, DIGITS);
    }
}
