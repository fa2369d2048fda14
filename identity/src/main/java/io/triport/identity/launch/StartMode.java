package io.triport.identity.launch;

import java.nio.file.Path;

/**
 * How an app was started.
 *
 * @param credentials whether to make some where none are configured
 * @param directory of the data
 */
public record StartMode(Credentials credentials, Path directory) {
    /** What an app does without configured identity. */
    public enum Credentials {
        /** It refuses to start. */
        CONFIGURED,
        /** It makes one for development, on loopback only. */
        DEVELOPMENT
    }
}
