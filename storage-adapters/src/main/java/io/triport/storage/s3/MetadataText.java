package io.triport.storage.s3;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Pattern;

/** Values beyond ASCII in fields of a head, as S3 gives them: RFC 2047, section 2. */
final class MetadataText {
    private static final Pattern ENCODED = Pattern.compile("=\\?UTF-8\\?(?<form>[BbQq])\\?(?<text>[^?]*)\\?=");

    private MetadataText() {}

    static String encoded(String value) {
        if (value.chars().allMatch(c -> c >= ' ' && c < 0x7F)) {
            return value;
        }
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)) + "?=";
    }

    /** As it stands where it is not well encoded. */
    static String decoded(String value) {
        var matcher = ENCODED.matcher(value);
        if (!matcher.matches()) {
            return value;
        }
        try {
            var bytes = matcher.group("form").equalsIgnoreCase("B")
                    ? Base64.getDecoder().decode(matcher.group("text"))
                    : quoted(matcher.group("text"));
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            return value;
        }
    }

    private static byte[] quoted(String text) {
        var bytes = new ByteArrayOutputStream();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '=') {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                bytes.write(c == '_' ? ' ' : c);
            }
        }
        return bytes.toByteArray();
    }
}
