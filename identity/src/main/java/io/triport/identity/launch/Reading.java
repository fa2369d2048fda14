package io.triport.identity.launch;

import io.triport.identity.config.FollowedFiles;
import java.util.function.Function;

/** A configuration, the files that it came from, and the way to read it anew. */
record Reading(Configuration configuration, FollowedFiles files, Function<FollowedFiles, Configuration> again) {
    static Reading of(Function<FollowedFiles, Configuration> reader) {
        var files = new FollowedFiles();
        return new Reading(reader.apply(files), files, reader);
    }
}
