package io.triport.manager.backup;

/** What became of a backup. */
public sealed interface BackupVerdict {
    /** It is what was written. */
    record Sound(BackupManifest manifest) implements BackupVerdict {}

    /** It is something else. @param size and @param sha256 of what lies there now */
    record Changed(BackupManifest manifest, long size, String sha256) implements BackupVerdict {}

    /** Nothing was written down about it, as of a backup of an earlier version. */
    record Unsealed(long size, String sha256) implements BackupVerdict {}

    /** There is no such backup. */
    record Missing() implements BackupVerdict {}
}
