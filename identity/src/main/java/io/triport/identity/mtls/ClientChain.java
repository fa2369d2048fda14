package io.triport.identity.mtls;

import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A client's certificate and what it showed beside it, none of it believed yet.
 *
 * @param others that may lead from the certificate to an authority, in any order
 */
record ClientChain(X509Certificate certificate, List<X509Certificate> others) {
    ClientChain {
        others = List.copyOf(others);
    }

    /** @param chain the client's own first */
    static ClientChain of(List<X509Certificate> chain) {
        return new ClientChain(chain.getFirst(), chain.subList(1, chain.size()));
    }
}
