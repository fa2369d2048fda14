package io.triport.domain.request;

import java.security.cert.X509Certificate;
import java.util.List;

/** How the bytes of a request travelled. */
public sealed interface TransportSecurity {
    TransportSecurity PLAIN = new Plain();
    TransportSecurity TLS = new Tls();

    record Plain() implements TransportSecurity {}

    /** Encrypted, and the client showed no certificate. */
    record Tls() implements TransportSecurity {}

    /**
     * Encrypted, and the client proved to hold the key of a certificate. Whether the certificate is to be believed is for a
     * mechanism to say.
     *
     * @param chain as the client sent it, its own certificate first; one or more
     */
    record MutualTls(List<X509Certificate> chain) implements TransportSecurity {
        public MutualTls {
            chain = List.copyOf(chain);
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("chain: empty (expected: the client's certificate first)");
            }
        }

        public X509Certificate certificate() {
            return chain.getFirst();
        }

        @Override
        public String toString() {
            return "MutualTls[" + chain.size() + " certificates]";
        }
    }
}
