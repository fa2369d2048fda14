package io.triport.identity.sigv4;

import java.util.ArrayList;

/** What a service signs in the place of the path. */
public enum Normalisation {
    /** The path as it was sent, encoded once, as S3 has it: dots and empty segments are parts of keys. */
    NONE {
        @Override
        String canonical(String path) {
            return WireText.encodedOnce(path, '/');
        }
    },
    /** The path without dot segments and empty ones, and encoded on top of what it is, as the other services have it. */
    FULL {
        @Override
        String canonical(String path) {
            var encoded = new StringBuilder();
            for (var octet : WireText.bytes(walked(path))) {
                if (octet == '/') {
                    encoded.append('/');
                } else {
                    WireText.encode(octet, encoded);
                }
            }
            return encoded.toString();
        }
    };

    abstract String canonical(String path);

    private static String walked(String path) {
        var segments = new ArrayList<String>();
        for (var segment : path.split("/", -1)) {
            if (WireText.same(segment, "..")) {
                if (!segments.isEmpty()) {
                    segments.removeLast();
                }
            } else if (!segment.isEmpty() && !WireText.same(segment, ".")) {
                segments.add(segment);
            }
        }
        var end = path.endsWith("/") && !segments.isEmpty() ? "/" : "";
        return "/" + String.join("/", segments) + end;
    }
}
