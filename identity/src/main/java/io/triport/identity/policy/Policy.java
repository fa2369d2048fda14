package io.triport.identity.policy;

import io.triport.domain.identity.ClaimValue;
import io.triport.domain.identity.EmailAddress;
import io.triport.domain.identity.Principal;
import io.triport.domain.identity.Role;
import io.triport.domain.identity.Scope;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * Whom a route admits among those who proved who they are (gateway page, sections 2 and 5). Immutable, without I/O, and cheap
 * enough for an event loop.
 */
public sealed interface Policy {
    /** @param client the address behind trusted proxies */
    boolean admits(Principal principal, InetAddress client);

    /**
     * Whether somebody at this address might be admitted, whoever it is: what can be said before anybody was asked for a
     * credential. When it is false, {@link #admits} is false for everybody at the address.
     */
    boolean open(InetAddress client);

    /** Every part must admit. */
    record All(List<Policy> parts) implements Policy {
        public All {
            parts = List.copyOf(notEmpty(parts, "all"));
        }

        @Override
        public boolean admits(Principal principal, InetAddress client) {
            for (var part : parts) {
                if (!part.admits(principal, client)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public boolean open(InetAddress client) {
            return parts.stream().allMatch(part -> part.open(client));
        }
    }

    /** One part that admits is enough. */
    record Any(List<Policy> parts) implements Policy {
        public Any {
            parts = List.copyOf(notEmpty(parts, "any"));
        }

        @Override
        public boolean admits(Principal principal, InetAddress client) {
            for (var part : parts) {
                if (part.admits(principal, client)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public boolean open(InetAddress client) {
            return parts.stream().anyMatch(part -> part.open(client));
        }
    }

    /** The issuer vouches for one of these addresses. */
    record EmailIn(Set<EmailAddress> addresses) implements Policy {
        public EmailIn {
            notEmpty(addresses, "emailIn");
            addresses = Set.copyOf(addresses);
        }

        @Override
        public boolean admits(Principal principal, InetAddress client) {
            return principal.claims().email().filter(addresses::contains).isPresent();
        }

        @Override
        public boolean open(InetAddress client) {
            return true;
        }
    }

    /** A claim is an array with this text among its items. A text is no array: one that merely holds the other is none either. */
    record ClaimContains(String claim, String item) implements Policy {
        @Override
        public boolean admits(Principal principal, InetAddress client) {
            return principal.claims().find(claim).orElse(ABSENT) instanceof ClaimValue.Listing(var items)
                    && items.contains(new ClaimValue.Text(item));
        }

        @Override
        public boolean open(InetAddress client) {
            return true;
        }
    }

    /** A claim is this text, or the number or truth value that the text writes as JSON does. */
    record ClaimEquals(String claim, String expected) implements Policy {
        @Override
        public boolean admits(Principal principal, InetAddress client) {
            return switch (principal.claims().find(claim).orElse(ABSENT)) {
                case ClaimValue.Text(var text) -> text.equals(expected);
                case ClaimValue.Flag(var value) -> Boolean.toString(value).equals(expected);
                case ClaimValue.Numeric number -> number.equals(number());
                case ClaimValue.Nothing nothing -> false;
                case ClaimValue.Listing listing -> false;
                case ClaimValue.Members members -> false;
            };
        }

        @Override
        public boolean open(InetAddress client) {
            return true;
        }

        /** Not a number at all equals no number. */
        private ClaimValue number() {
            try {
                return new ClaimValue.Numeric(new BigDecimal(expected));
            } catch (NumberFormatException e) {
                return ABSENT;
            }
        }
    }

    /** The credential carries this scope. */
    record HasScope(Scope scope) implements Policy {
        @Override
        public boolean admits(Principal principal, InetAddress client) {
            return principal.scopes().contains(scope);
        }

        @Override
        public boolean open(InetAddress client) {
            return true;
        }
    }

    /** The issuer gives this role. */
    record HasRole(Role role) implements Policy {
        @Override
        public boolean admits(Principal principal, InetAddress client) {
            return principal.roles().contains(role);
        }

        @Override
        public boolean open(InetAddress client) {
            return true;
        }
    }

    /**
     * Where the client is. A denied address is refused even if it is allowed too.
     *
     * @param allowed empty for everywhere that is not denied; not both may be empty
     */
    record FromAddress(AddressSet allowed, AddressSet denied) implements Policy {
        public FromAddress {
            if (allowed.isEmpty() && denied.isEmpty()) {
                throw new IllegalArgumentException("ip: none (expected: allow, deny or both)");
            }
        }

        @Override
        public boolean admits(Principal principal, InetAddress client) {
            return open(client);
        }

        @Override
        public boolean open(InetAddress client) {
            return !denied.contains(client) && (allowed.isEmpty() || allowed.contains(client));
        }
    }

    ClaimValue ABSENT = new ClaimValue.Nothing();

    private static <T extends java.util.Collection<?>> T notEmpty(T parts, String name) {
        if (parts.isEmpty()) {
            throw new IllegalArgumentException(name + ": none (expected: at least one)");
        }
        return parts;
    }
}
