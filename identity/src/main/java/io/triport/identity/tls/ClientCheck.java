package io.triport.identity.tls;

import io.triport.identity.crl.CrlPolicy;
import io.triport.identity.crl.RevocationLists;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.Certificate;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Judges client certificates during the handshake, by PKIX (RFC 5280 section 6) and what was taken back. */
final class ClientCheck extends PKIXCertPathChecker {
    /*
     * The JDK walks each path from the certificate that a trusted authority signed to the client's, with a clone of its own. Its own
     * check of revocation is off: it asks nobody over the network, but a list that has ended tells it nothing, not even whom it
     * named. A connection that is resumed is not judged again, but lists that change or end make a new context, which knows no
     * session of the old one.
     */
    private final List<X509Certificate> authorities;
    private final List<RevocationLists> lists;
    private final CrlPolicy policy;
    private final Clock clock;
    private @Nullable X509Certificate signer;

    private ClientCheck(List<X509Certificate> authorities, List<RevocationLists> lists, CrlPolicy policy, Clock clock) {
        this.authorities = authorities;
        this.lists = lists;
        this.policy = policy;
        this.clock = clock;
    }

    /** @param lists those of the files and all that are published; empty where nobody asks for any */
    static TrustManagerFactory of(
            List<X509Certificate> authorities, List<RevocationLists> lists, CrlPolicy policy, Clock clock)
            throws GeneralSecurityException {
        var anchors = authorities.stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        var parameters = new PKIXBuilderParameters(anchors, new X509CertSelector());
        parameters.setRevocationEnabled(false);
        if (!lists.isEmpty()) {
            parameters.addCertPathChecker(new ClientCheck(authorities, List.copyOf(lists), policy, clock));
        }
        var factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(new CertPathTrustManagerParameters(parameters));
        return factory;
    }

    @Override
    public void init(boolean forward) throws CertPathValidatorException {
        if (forward) {
            throw new CertPathValidatorException("the signer of a certificate must be looked at before it");
        }
        signer = null;
    }

    @Override
    public boolean isForwardCheckingSupported() {
        return false;
    }

    @Override
    public Set<String> getSupportedExtensions() {
        return Set.of();
    }

    @Override
    public void check(Certificate certificate, Collection<String> unresolved) throws CertPathValidatorException {
        if (!(certificate instanceof X509Certificate each)) {
            throw new CertPathValidatorException("no certificate of X.509");
        }
        var standing = signer == null ? standing(each) : standing(each, signer);
        signer = each;
        switch (standing) {
            case REVOKED -> throw refusal("revoked", BasicReason.REVOKED);
            case UNKNOWN -> {
                if (policy == CrlPolicy.HARD) {
                    throw refusal("no valid revocation list", BasicReason.UNDETERMINED_REVOCATION_STATUS);
                }
            }
            case GOOD -> {}
        }
    }

    /** The first on a path does not say which of several authorities of one name has signed it. */
    private RevocationLists.Standing standing(X509Certificate first) {
        for (var authority : authorities) {
            if (authority.getSubjectX500Principal().equals(first.getIssuerX500Principal())
                    && signed(first, authority)) {
                return standing(first, authority);
            }
        }
        return RevocationLists.Standing.UNKNOWN;
    }

    private RevocationLists.Standing standing(X509Certificate certificate, X509Certificate by) {
        return RevocationLists.standing(lists, certificate, by, clock.instant());
    }

    private static boolean signed(X509Certificate certificate, X509Certificate authority) {
        try {
            certificate.verify(authority.getPublicKey());
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static CertPathValidatorException refusal(String why, BasicReason reason) {
        return new CertPathValidatorException(why, null, null, -1, reason);
    }
}
