package io.triport.identity.mtls;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import io.triport.domain.request.Fetch;
import io.triport.domain.request.InvalidInput;
import io.triport.domain.request.TransportSecurity;
import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Where a client's certificate comes from. */
public sealed interface CertificateSource {
    /** The certificate whose holder sends the request; nothing else is known of it. Empty when there is none that is believed. */
    Optional<X509Certificate> certificate(Fetch request);

    /** From the handshake with us. */
    record OwnTls() implements CertificateSource {
        @Override
        public Optional<X509Certificate> certificate(Fetch request) {
            return request.peer().security() instanceof TransportSecurity.MutualTls mutual
                    ? Optional.of(mutual.certificate())
                    : Optional.empty();
        }
    }

    /**
     * From a header that a proxy sets.
     *
     * @param from where the proxies are, one or more; by the other end of the socket, whatever other proxies are trusted
     * @param proxyKeys SHA-256 of the public keys of which a proxy must show a certificate to us; none when the address is
     *     enough because nobody else can connect from there
     */
    record Forwarded(ForwardedForm form, List<Cidr> from, Set<Bytes> proxyKeys) implements CertificateSource {
        public Forwarded {
            from = List.copyOf(from);
            proxyKeys = Set.copyOf(proxyKeys);
            if (from.isEmpty() || from.stream().anyMatch(cidr -> cidr.length() == 0)) {
                throw new IllegalArgumentException(
                        "from: " + from + " (expected: the proxies' addresses, not everybody's)");
            }
        }

        /** Reads {@code header}, {@code from} and {@code proxyKeys}. */
        public static Forwarded read(Section section) {
            var form = section.optional(
                            "header",
                            Value.oneOf(ForwardedForm.values()),
                            "In which form the proxy hands the certificate on.")
                    .orElseThrow(() -> section.error("header", "missing", "the form of the proxy"));
            var from = section.list("from", Value.CIDR, "Where the proxies are.");
            var proxyKeys = section.list(
                    "proxyKeys",
                    new Value<>("SHA-256 of a public key, 64 hexadecimal digits", MtlsSettings::digest),
                    "The proxies' own public keys, which they prove with a client certificate.");
            try {
                return new Forwarded(form, from, Set.copyOf(proxyKeys));
            } catch (IllegalArgumentException e) {
                throw section.error("from", from.toString(), "the addresses of the proxies, not everybody's");
            }
        }

        @Override
        public Optional<X509Certificate> certificate(Fetch request) {
            try {
                return shownBy(request) && !repeated(request)
                        ? Optional.of(ForwardedCertificate.read(form, request.headers())
                                .certificate())
                        : Optional.empty();
            } catch (InvalidInput e) {
                return Optional.empty();
            }
        }

        /** Whether one of the proxies has sent the request. */
        boolean shownBy(Fetch request) {
            var peer = request.peer();
            if (from.stream().noneMatch(cidr -> cidr.contains(peer.socket()))) {
                return false;
            }
            return proxyKeys.isEmpty()
                    || (peer.security() instanceof TransportSecurity.MutualTls tls
                            && proxyKeys.contains(Certificates.keySha256(tls.certificate())));
        }

        boolean repeated(Fetch request) {
            return form.headers().stream()
                    .anyMatch(header -> request.headers().all(header).size() > 1);
        }
    }
}
