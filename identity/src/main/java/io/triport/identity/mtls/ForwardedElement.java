package io.triport.identity.mtls;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The one element of an {@code X-Forwarded-Client-Cert} header (Envoy, HTTP header manipulation). The certificate counts; what
 * else the element tells of it must fit where it can be compared, and is not used.
 *
 * @param values by lower-case key
 */
record ForwardedElement(Map<String, String> values) {
    private static final Set<String> KEYS = Set.of("by", "hash", "cert", "chain", "subject", "uri", "dns");
    private static final Set<String> REPEATABLE = Set.of("by", "uri", "dns");

    /** @throws InvalidInput for several elements, unknown or repeated keys, and whatever is not of the form */
    static ForwardedElement parse(String text) {
        return new ForwardedElement(new Reader(text).read());
    }

    ClientChain chain() {
        var cert = Optional.ofNullable(values.get("cert")).map(text -> Certificates.parsePem(decode(text)));
        var whole = Optional.ofNullable(values.get("chain")).map(text -> Certificates.parsePem(decode(text)));
        var shown = ClientChain.of(whole.or(() -> cert).orElseThrow(ForwardedCertificate::refusal));
        if (cert.isPresent() && !cert.get().getFirst().equals(shown.certificate())) {
            throw ForwardedCertificate.refusal();
        }
        var hash = values.get("hash");
        if (hash != null && !Bytes.parseHex(hash).equals(Certificates.sha256(shown.certificate()))) {
            throw ForwardedCertificate.refusal();
        }
        return shown;
    }

    /** Percent-encoding (RFC 3986 section 2.1); a plus sign stands for itself. */
    private static String decode(String text) {
        var decoded = new ByteArrayOutputStream(text.length());
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (c == '%') {
                if (i + 3 > text.length()) {
                    throw ForwardedCertificate.refusal();
                }
                decoded.write(Bytes.parseHex(text.substring(i + 1, i + 3)).at(0));
                i += 2;
            } else if (c > '~') {
                throw ForwardedCertificate.refusal();
            } else {
                decoded.write(c);
            }
        }
        return Bytes.copyOf(decoded.toByteArray()).toUtf8();
    }

    private static final class Reader {
        private final String text;
        private int at;

        private Reader(String text) {
            this.text = text;
        }

        private Map<String, String> read() {
            var values = new HashMap<String, String>();
            while (at < text.length()) {
                var key = key();
                if (values.put(key, value()) != null && !REPEATABLE.contains(key)) {
                    throw ForwardedCertificate.refusal();
                }
                if (at < text.length() && text.charAt(at++) != ';') {
                    throw ForwardedCertificate.refusal();
                }
            }
            return values;
        }

        private String key() {
            var equals = text.indexOf('=', at);
            if (equals < 0) {
                throw ForwardedCertificate.refusal();
            }
            var key = text.substring(at, equals).toLowerCase(Locale.ROOT);
            if (!KEYS.contains(key)) {
                throw ForwardedCertificate.refusal();
            }
            at = equals + 1;
            return key;
        }

        private String value() {
            return at < text.length() && text.charAt(at) == '"' ? quoted() : plain();
        }

        private String plain() {
            var start = at;
            while (at < text.length() && ";,\"".indexOf(text.charAt(at)) < 0) {
                at++;
            }
            return text.substring(start, at);
        }

        private String quoted() {
            var value = new StringBuilder();
            for (at++; at < text.length(); at++) {
                var c = text.charAt(at);
                if (c == '"') {
                    at++;
                    return value.toString();
                }
                if (c == '\\' && at + 1 < text.length()) {
                    at++;
                    c = text.charAt(at);
                }
                value.append(c);
            }
            throw ForwardedCertificate.refusal();
        }
    }
}
