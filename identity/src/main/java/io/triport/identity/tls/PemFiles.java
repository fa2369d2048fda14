package io.triport.identity.tls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.triport.domain.request.Bytes;
import io.triport.domain.request.InvalidInput;
import io.triport.identity.crl.RevocationLists;
import io.triport.identity.tls.UnusableTlsFile.Role;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.openssl.PEMException;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Certificates, revocation lists and private keys as PEM files hold them. */
final class PemFiles {
    private static final Bytes SAMPLE = Bytes.utf8("which key belongs to this certificate?");

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private PemFiles() {}

    static void refuseOpen(Path file) throws UnusableTlsFile {
        try {
            var view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (view != null && view.readAttributes().permissions().stream().anyMatch(OTHERS::contains)) {
                throw new UnusableTlsFile(Role.KEY, file + " is open to others", "a file of mode 600 or 400");
            }
        } catch (IOException e) {
            throw unreadable(Role.KEY, file);
        }
    }

    static List<X509Certificate> certificates(Path file, Role role) throws UnusableTlsFile {
        try {
            var found = new ArrayList<X509Certificate>();
            var text = new ByteArrayInputStream(read(file, role));
            for (var certificate : CertificateFactory.getInstance("X.509").generateCertificates(text)) {
                found.add((X509Certificate) certificate);
            }
            if (!found.isEmpty()) {
                return found;
            }
        } catch (CertificateException e) {
            // Said below: the operator is told the file, and not what a parser made of it.
        }
        throw new UnusableTlsFile(role, file + " holds no certificate", "certificates in PEM");
    }

    static RevocationLists revocations(List<Path> files) throws UnusableTlsFile {
        var found = new ArrayList<X509CRL>();
        for (var file : files) {
            try {
                found.addAll(RevocationLists.parse(Bytes.copyOf(read(file, Role.CRL)))
                        .all());
            } catch (InvalidInput e) {
                throw new UnusableTlsFile(Role.CRL, file + " holds no revocation list", "lists in PEM, or one in DER");
            }
        }
        return new RevocationLists(found);
    }

    static PrivateKey key(Path file) throws UnusableTlsFile {
        var text = new String(read(file, Role.KEY), UTF_8);
        try (var pem = new PEMParser(new StringReader(text))) {
            var converter = new JcaPEMKeyConverter();
            for (var part = pem.readObject(); part != null; part = pem.readObject()) {
                if (part instanceof PrivateKeyInfo info) {
                    return converter.getPrivateKey(info);
                }
                if (part instanceof PEMKeyPair pair) {
                    return converter.getPrivateKey(pair.getPrivateKeyInfo());
                }
            }
        } catch (PEMException e) {
            // As above.
        } catch (IOException e) {
            throw new IllegalStateException("text in memory cannot be read", e);
        }
        throw new UnusableTlsFile(Role.KEY, file + " holds no key", "a private key in PEM, not encrypted");
    }

    private static byte[] read(Path file, Role role) throws UnusableTlsFile {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw unreadable(role, file);
        }
    }

    private static UnusableTlsFile unreadable(Role role, Path file) {
        return new UnusableTlsFile(role, file + " is unreadable", "a file that this user may read");
    }

    static boolean fits(PrivateKey key, X509Certificate certificate) {
        try {
            var signature = Signature.getInstance(algorithm(key));
            signature.initSign(key);
            signature.update(SAMPLE.toByteArray());
            var signed = signature.sign();
            signature.initVerify(certificate.getPublicKey());
            signature.update(SAMPLE.toByteArray());
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            return false; // keys of two kinds
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "RSA" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> key.getAlgorithm();
        };
    }
}
