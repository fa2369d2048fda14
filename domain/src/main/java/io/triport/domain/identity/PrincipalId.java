package io.triport.domain.identity;

/**
 * Names a principal across mechanisms and issuers. The three parts are joined with their lengths, so that no subject of one
 * issuer can equal one of another.
 */
public record PrincipalId(MechanismName mechanism, Issuer issuer, Subject subject) {
    /** A text that differs whenever a part differs, for keys of limits and ledgers. */
    public String unique() {
        return mechanism.text().length()
                + ":" + mechanism.text()
                + issuer.text().length()
                + ":" + issuer.text()
                + subject.text().length()
                + ":" + subject.text();
    }

    /** The short form for people, such as {@code hmac:prod-app}; not unique. */
    @Override
    public String toString() {
        return mechanism.text() + ":" + subject.text();
    }
}
