package io.triport.identity.launch;

import io.triport.identity.IdentityState;
import io.triport.identity.directory.Directory;
import io.triport.identity.keyring.Keyring;

/** Opens directories for an app over identity's own state, which no app ever sees. */
public final class Directories {
    private final IdentityState state;

    Directories(IdentityState state) {
        this.state = state;
    }

    /** @param keyring seals what is stored. @param space as in {@link Directory} */
    public Directory open(Keyring keyring, String space) {
        return new Directory(state.credentials(), keyring, space, state.ticker(), state.randomness());
    }
}
