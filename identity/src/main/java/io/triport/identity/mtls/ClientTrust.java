package io.triport.identity.mtls;

import io.triport.domain.request.InvalidInput;
import io.triport.identity.crl.CrlPolicy;
import io.triport.identity.crl.RevocationLists;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Whose certificates are believed. Asks its sources at each call, so that they may change. Safe for many threads. */
public final class ClientTrust {
    /*
     * Order of checks. What the certificate says of itself; a path to an authority (RFC 5280 section 6, by the JDK's PKIX)
     * with the strength of each key and signature on it; then, along the path, revocation.
     */
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int LEAST_RSA_BITS = 2048;
    private static final int LEAST_EC_BITS = 256;

    /** Authorities between the client's certificate and the trusted one. */
    private static final int MOST_BETWEEN = 4;

    private final Supplier<List<X509Certificate>> authorities;
    private final List<Supplier<RevocationLists>> revocations;
    private final CrlPolicy policy;
    private final BooleanSupplier ready;

    /** Believes the authorities, without revocation lists. */
    public ClientTrust(Supplier<List<X509Certificate>> authorities) {
        this(authorities, List.of(), CrlPolicy.SOFT, () -> true);
    }

    /**
     * @param revocations hold together a valid list of each authority on the way if the policy is {@link CrlPolicy#HARD}
     * @param ready whether they do so as far as is known without a certificate
     */
    ClientTrust(
            Supplier<List<X509Certificate>> authorities,
            List<Supplier<RevocationLists>> revocations,
            CrlPolicy policy,
            BooleanSupplier ready) {
        this.authorities = authorities;
        this.revocations = List.copyOf(revocations);
        this.policy = policy;
        this.ready = ready;
    }

    /** What to think of a chain. */
    sealed interface Verdict {
        /** @param until when the first certificate on the path ends */
        record Trusted(Instant until) implements Verdict {}

        record Untrusted() implements Verdict {}

        /** Whether it was revoked is not known. */
        record Undecidable() implements Verdict {}
    }

    /** Whether there is what certificates are judged by. */
    boolean ready() {
        return ready.getAsBoolean();
    }

    Verdict judge(ClientChain chain, Instant now) {
        try {
            if (!forClients(chain.certificate())) {
                return new Verdict.Untrusted();
            }
            return judgePath(path(chain, now), now);
        } catch (GeneralSecurityException | InvalidInput e) {
            return new Verdict.Untrusted();
        }
    }

    private Verdict judgePath(List<X509Certificate> path, Instant now) throws GeneralSecurityException {
        var until = Instant.MAX;
        for (var certificate : path) {
            certificate.checkValidity(Date.from(now));
            if (!strong(certificate.getPublicKey())) {
                return new Verdict.Untrusted();
            }
            var end = certificate.getNotAfter().toInstant();
            until = end.isBefore(until) ? end : until;
        }
        var lists = revocations.stream().map(Supplier::get).toList();
        var unknown = false;
        for (var i = 0; i < path.size() - 1; i++) {
            if (weaklySigned(path.get(i)) || !padded(path.get(i))) {
                return new Verdict.Untrusted();
            }
            switch (RevocationLists.standing(lists, path.get(i), path.get(i + 1), now)) {
                case REVOKED -> {
                    return new Verdict.Untrusted();
                }
                case UNKNOWN -> unknown = true;
                case GOOD -> {}
            }
        }
        return unknown && policy == CrlPolicy.HARD ? new Verdict.Undecidable() : new Verdict.Trusted(until);
    }

    /** From the client's certificate to the trusted authority, both included. */
    private List<X509Certificate> path(ClientChain chain, Instant now) throws GeneralSecurityException {
        Set<TrustAnchor> anchors = authorities.get().stream()
                .map(authority -> new TrustAnchor(authority, null))
                .collect(Collectors.toSet());
        var target = new X509CertSelector();
        target.setCertificate(chain.certificate());
        var parameters = new PKIXBuilderParameters(anchors, target);
        Collection<X509Certificate> shown = new ArrayList<>(chain.others());
        shown.add(chain.certificate());
        parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(shown)));
        parameters.setRevocationEnabled(false);
        parameters.setMaxPathLength(MOST_BETWEEN);
        parameters.setDate(Date.from(now));
        var built =
                (PKIXCertPathBuilderResult) CertPathBuilder.getInstance("PKIX").build(parameters);
        var path = new ArrayList<X509Certificate>();
        built.getCertPath().getCertificates().forEach(certificate -> path.add((X509Certificate) certificate));
        path.add(built.getTrustAnchor().getTrustedCert());
        return path;
    }

    private static boolean forClients(X509Certificate certificate) throws CertificateParsingException {
        var extended = certificate.getExtendedKeyUsage();
        var usage = certificate.getKeyUsage();
        return extended != null
                && extended.contains(CLIENT_AUTH)
                && (usage == null || usage[DIGITAL_SIGNATURE])
                && certificate.getBasicConstraints() < 0;
    }

    private static boolean strong(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> rsa.getModulus().bitLength() >= LEAST_RSA_BITS;
            case ECPublicKey ec -> ec.getParams().getOrder().bitLength() >= LEAST_EC_BITS;
            default -> key.getAlgorithm().equals("EdDSA");
        };
    }

    private static boolean weaklySigned(X509Certificate certificate) {
        var algorithm = certificate.getSigAlgName().toUpperCase(Locale.ROOT);
        return algorithm.contains("SHA1") || algorithm.contains("MD5") || algorithm.contains("MD2");
    }

    /**
     * Whether the signature is written in whole bytes, as DER has it. The JDK overlooks unused bits, and with them the same
     * certificate would have another digest, by which it is known.
     */
    private static boolean padded(X509Certificate certificate) throws CertificateEncodingException {
        return org.bouncycastle.asn1.x509.Certificate.getInstance(certificate.getEncoded())
                        .getSignature()
                        .getPadBits()
                == 0;
    }
}
