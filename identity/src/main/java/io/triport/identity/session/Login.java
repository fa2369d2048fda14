package io.triport.identity.session;

import io.triport.domain.identity.Claims;
import io.triport.domain.identity.Issuer;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import io.triport.domain.identity.Subject;
import java.util.Set;

/**
 * Who has just proved to be somebody.
 *
 * @param claims what the issuer said beside the name, {@link Claims#NONE} for a cookie that shows nothing but a subject
 */
public record Login(Issuer issuer, Subject subject, Set<Role> roles, Set<Scope> scopes, Claims claims) {}
