package io.triport.identity.crl;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.CRL;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The revocation lists of one source (RFC 5280 section 5). Which authority signed which is found once. Safe for many threads. */
public final class RevocationLists {
    static final RevocationLists NONE = new RevocationLists(List.of());

    /** What a list of this kind tells is not all that its authority revoked: issuing distribution point, delta. */
    private static final Set<String> PARTIAL = Set.of("2.5.29.28", "2.5.29.27");

    private static final int CRL_SIGN = 6;

    private final List<X509CRL> lists;
    private final Map<PublicKey, List<X509CRL>> bySigner = new ConcurrentHashMap<>();

    public RevocationLists(List<X509CRL> lists) {
        this.lists = List.copyOf(lists);
    }

    /** Lists in PEM, or one in DER. @throws InvalidInput when there is none */
    public static RevocationLists parse(Bytes bytes) {
        try {
            var lists = new ArrayList<X509CRL>();
            for (CRL list : CertificateFactory.getInstance("X.509").generateCRLs(bytes.toInputStream())) {
                lists.add((X509CRL) list);
            }
            if (!lists.isEmpty()) {
                return new RevocationLists(lists);
            }
        } catch (GeneralSecurityException e) {
            // Said below: what a parser made of it is of no use to anybody.
        }
        throw new InvalidInput("crl", "a revocation list in PEM or DER");
    }

    /** What is known of a certificate. */
    public enum Standing {
        GOOD,
        REVOKED,
        /** There is no list of its authority that is valid now. */
        UNKNOWN
    }

    /** What all sources together know of a certificate. @param issuer who signed it */
    public static Standing standing(
            List<RevocationLists> sources, X509Certificate certificate, X509Certificate issuer, Instant now) {
        var known = Standing.UNKNOWN;
        for (var source : sources) {
            switch (source.standing(certificate, issuer, now)) {
                case REVOKED -> {
                    return Standing.REVOKED;
                }
                case GOOD -> known = Standing.GOOD;
                case UNKNOWN -> {}
            }
        }
        return known;
    }

    public List<X509CRL> all() {
        return lists;
    }

    /** Whether each of them is what one of these authorities says itself of all that it revoked. */
    boolean of(List<X509Certificate> authorities) {
        return lists.stream()
                .allMatch(list -> authorities.stream()
                        .anyMatch(authority -> signedBy(authority).contains(list)));
    }

    /** Whether one of the others is newer than what is here of its authority, or is not here at all. */
    boolean olderThan(RevocationLists others) {
        return others.lists.stream()
                .anyMatch(other -> lists.stream()
                        .filter(own -> own.getIssuerX500Principal().equals(other.getIssuerX500Principal()))
                        .noneMatch(own -> !own.getThisUpdate()
                                .toInstant()
                                .isBefore(other.getThisUpdate().toInstant())));
    }

    /** When the first of them ends; long ago where one says no end. */
    Instant end() {
        return lists.stream()
                .map(list -> list.getNextUpdate() == null
                        ? Instant.EPOCH
                        : list.getNextUpdate().toInstant())
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    /** Whether none of them is missing at that time, because it has ended or not begun. */
    public boolean validAt(Instant now) {
        return lists.stream().allMatch(list -> valid(list, now));
    }

    /** @param issuer who signed the certificate */
    Standing standing(X509Certificate certificate, X509Certificate issuer, Instant now) {
        var known = Standing.UNKNOWN;
        for (var list : signedBy(issuer)) {
            if (list.getRevokedCertificate(certificate) != null) {
                return Standing.REVOKED;
            }
            if (valid(list, now)) {
                known = Standing.GOOD;
            }
        }
        return known;
    }

    private List<X509CRL> signedBy(X509Certificate issuer) {
        var usage = issuer.getKeyUsage();
        return usage != null && !usage[CRL_SIGN]
                ? List.of()
                : bySigner.computeIfAbsent(
                        issuer.getPublicKey(),
                        key -> lists.stream()
                                .filter(list -> list.getIssuerX500Principal().equals(issuer.getSubjectX500Principal()))
                                .filter(list -> signed(list, key))
                                .toList());
    }

    private static boolean signed(X509CRL list, PublicKey key) {
        try {
            list.verify(key);
            var critical = list.getCriticalExtensionOIDs();
            return !list.hasUnsupportedCriticalExtension()
                    && (critical == null || critical.stream().noneMatch(PARTIAL::contains));
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean valid(X509CRL list, Instant now) {
        return list.getNextUpdate() != null
                && !now.isBefore(list.getThisUpdate().toInstant())
                && now.isBefore(list.getNextUpdate().toInstant());
    }
}
