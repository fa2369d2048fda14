package io.triport.domain.storage;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * By what a node proves itself to the others, and whom it believes.
 *
 * @param chain the certificate of the key, and what leads from it to an authority
 * @param authorities of nodes, one at least: who has a certificate of theirs is a node
 */
public record NodeProof(PrivateKey key, List<X509Certificate> chain, List<X509Certificate> authorities) {
    public NodeProof {
        chain = List.copyOf(chain);
        authorities = List.copyOf(authorities);
        if (chain.isEmpty() || authorities.isEmpty()) {
            throw new IllegalArgumentException("proof of a node (expected: a certificate, and an authority)");
        }
    }

    /** Nothing of the key, whatever its class says of itself. */
    @Override
    public String toString() {
        return "NodeProof[" + chain.getFirst().getSubjectX500Principal() + "]";
    }
}
