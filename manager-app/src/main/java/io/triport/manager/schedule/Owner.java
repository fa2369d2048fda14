package io.triport.manager.schedule;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.triport.domain.identity.AuthStrength;
import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.Claims;
import io.triport.domain.identity.CredentialId;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.MechanismName;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.PrincipalId;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import io.triport.manager.access.Standing;
import io.triport.manager.answer.Json;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Whose schedule it is, as he was when he last set it.
 *
 * @param user as the audit names him
 * @param roles the groups that his issuer named
 * @param email empty for none
 * @param key the id of the API key by which he came, or began his session; empty for none
 */
record Owner(
        String user,
        PrincipalId id,
        Principal.Kind kind,
        Set<Role> roles,
        Set<Scope> scopes,
        CredentialId credential,
        String email,
        String key) {
    Owner {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
    }

    static Owner of(String user, Principal principal) {
        var standing = Standing.of(principal);
        return new Owner(
                user,
                principal.id(),
                principal.kind(),
                standing.groups().stream().map(Role::new).collect(Collectors.toUnmodifiableSet()),
                principal.scopes(),
                principal.credential(),
                principal.claims().email().map(address -> address.text()).orElse(""),
                standing.key());
    }

    Owner withScopes(Set<Scope> present) {
        return new Owner(user, id, kind, roles, present, credential, email, key);
    }

    /** Him without a credential: by this nothing is proven, it is only asked what he may do. */
    Principal principal(Instant now) {
        var claims = new HashMap<String, ClaimValue>();
        if (!email.isEmpty()) {
            claims.put("email", new ClaimValue.Text(email));
        }
        if (!key.isEmpty()) {
            claims.put(Standing.KEY_CLAIM, new ClaimValue.Text(key));
        }
        return new Principal(
                id,
                kind,
                roles,
                scopes,
                Claims.of(claims),
                credential,
                Instant.EPOCH,
                now,
                Instant.MAX,
                AuthStrength.NONE);
    }

    static Owner read(JsonNode node) {
        var roles = new LinkedHashSet<Role>();
        node.path("roles").forEach(role -> roles.add(new Role(role.asText())));
        var scopes = new LinkedHashSet<Scope>();
        node.path("scopes").forEach(scope -> scopes.add(new Scope(scope.asText())));
        return new Owner(
                node.path("user").asText(),
                new PrincipalId(
                        new MechanismName(node.path("mechanism").asText()),
                        new Issuer(node.path("issuer").asText()),
                        new Subject(node.path("subject").asText())),
                Principal.Kind.valueOf(node.path("kind").asText()),
                roles,
                scopes,
                new CredentialId(node.path("credential").asText()),
                node.path("email").asText(),
                node.path("key").asText());
    }

    ObjectNode written() {
        var node = Json.object()
                .put("user", user)
                .put("mechanism", id.mechanism().text())
                .put("issuer", id.issuer().text())
                .put("subject", id.subject().text())
                .put("kind", kind.name())
                .put("credential", credential.text())
                .put("email", email)
                .put("key", key);
        var rolesNode = node.putArray("roles");
        roles.forEach(role -> rolesNode.add(role.text()));
        var scopesNode = node.putArray("scopes");
        scopes.forEach(scope -> scopesNode.add(scope.text()));
        return node;
    }
}
