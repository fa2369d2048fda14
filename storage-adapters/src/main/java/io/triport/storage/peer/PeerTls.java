package io.triport.storage.peer;

import io.triport.domain.storage.NodeProof;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** The TLS of a proof. */
final class PeerTls {
    /** Of stores that never leave memory. */
    private static final char[] NO_PASSWORD = new char[0];

    private PeerTls() {}

    static SSLContext of(NodeProof proof) {
        try {
            var own = empty();
            own.setKeyEntry("own", proof.key(), NO_PASSWORD, proof.chain().toArray(new X509Certificate[0]));
            var shown = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            shown.init(own, NO_PASSWORD);
            var authorities = empty();
            for (var authority : proof.authorities()) {
                authorities.setCertificateEntry(Integer.toString(authorities.size()), authority);
            }
            var believed = TrustManagerFactory.getInstance("PKIX");
            believed.init(authorities);
            var context = SSLContext.getInstance("TLS");
            context.init(shown.getKeyManagers(), believed.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("no TLS (expected: in every Java)", e);
        }
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }
}
