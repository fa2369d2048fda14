package io.triport.identity.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Collection;
import java.util.HexFormat;
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
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
            return HexFormat.of().formatHex(digest).substring(0, DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }
}
