package io.triport.identity.jose;

import io.triport.domain.identity.ClaimValue;
import java.util.Optional;

/** What a token says of itself, which only ever narrows what is done with it. */
public final class JoseHeader {
    private final ClaimValue.Members members;

    JoseHeader(ClaimValue.Members members) {
        this.members = members;
    }

    /** The algorithm that the token names, if it is one of those that exist here. */
    public Optional<JwsAlgorithm> algorithm() {
        return text("alg").flatMap(JwsAlgorithm::named);
    }

    /** Which key the issuer says it used. */
    public Optional<String> kid() {
        return text("kid");
    }

    boolean has(String name) {
        return members.members().containsKey(name);
    }

    Optional<ClaimValue> find(String name) {
        return Optional.ofNullable(members.members().get(name));
    }

    /** A member that is a text; empty when it is absent or something else. */
    Optional<String> text(String name) {
        return members.members().get(name) instanceof ClaimValue.Text(var text) ? Optional.of(text) : Optional.empty();
    }

    @Override
    public String toString() {
        return "JoseHeader[" + members.members().size() + "]";
    }
}
