package io.triport.identity.mtls;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.Cidr;
import java.util.List;
import java.util.Set;

/** Where a client's certificate comes from. */
public sealed interface CertificateSource {
    /** From the handshake with us. */
    record OwnTls() implements CertificateSource {}

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
    }
}
