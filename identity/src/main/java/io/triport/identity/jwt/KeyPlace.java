package io.triport.identity.jwt;

import io.triport.domain.identity.Secret;

/** Where the keys are that check tokens. */
public sealed interface KeyPlace {
    /** Shared with the issuer; whoever has it can make tokens. */
    record Shared(Secret secret) implements KeyPlace {}
}
