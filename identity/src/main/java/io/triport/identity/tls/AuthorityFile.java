package io.triport.identity.tls;

import io.triport.identity.config.Section;
import io.triport.identity.config.Value;
import io.triport.identity.tls.UnusableTlsFile.Role;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;

/** The authorities that certificates of servers are signed by, as a setting names their file. */
public final class AuthorityFile {
    static final Value<Path> FILE = new Value<>("the path of a file", text -> {
        if (text.isEmpty()) {
            throw new IllegalArgumentException(text);
        }
        return Path.of(text);
    });

    private AuthorityFile() {}

    /** @return none where the setting is left out, else at least one @throws ConfigError for a file that has none */
    public static List<X509Certificate> read(Section section, String key, String about) {
        var file = section.optional(key, FILE, about);
        try {
            return file.isEmpty() ? List.of() : PemFiles.certificates(file.get(), Role.CLIENT_CA);
        } catch (UnusableTlsFile e) {
            throw section.error(key, e.problem(), e.expectation());
        }
    }
}
