package io.triport.identity.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertStore;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;

/** Judges client certificates during the handshake, by PKIX (RFC 5280 section 6). */
final class ClientCheck {
    /*
     * Revocation. The JDK's own check, as it is when no PKIXRevocationChecker is set: it takes the lists that it is given, asks
     * nobody over the network unless system properties say so, and fails where no list of an authority is valid. A connection that
     * is resumed is not judged again, but lists that change make a new context, which knows no session of the old one.
     */
    private ClientCheck() {}

    static TrustManagerFactory of(TlsMaterial material) throws GeneralSecurityException {
        var anchors = material.authorities().stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        var parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.setRevocationEnabled(!material.revocations().isEmpty());
        parameters.addCertStore(
                CertStore.getInstance("Collection", new CollectionCertStoreParameters(material.revocations())));
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory;
    }
}
