package io.triport.manager.backup;

import io.triport.domain.object.ObjectKey;
import io.triport.manager.answer.Problem;
import io.triport.manager.transfer.ExportFormat;
import java.util.regex.Pattern;

/** Where a backup of a namespace lies. @param namespace its id @param millis when it was ordered */
public record BackupPath(String namespace, long millis, ExportFormat format) {
    private static final Pattern FORM = Pattern.compile("backups/([0-9a-f]{32})/([0-9]{1,15})\\.(json|ndjson)");

    static final String ALL = "backups/";

    /** @throws io.triport.manager.answer.Refused INVALID_ARGUMENT for a path of anything else */
    public static BackupPath parse(String text) {
        var matched = FORM.matcher(text);
        if (!matched.matches()) {
            throw Problem.INVALID_ARGUMENT.refused("backupPath must be the path of a backup");
        }
        return new BackupPath(
                matched.group(1),
                Long.parseLong(matched.group(2)),
                ExportFormat.named(matched.group(3)).orElseThrow());
    }

    public static boolean matches(String text) {
        return FORM.matcher(text).matches();
    }

    public static String folder(String namespace) {
        return ALL + namespace + "/";
    }

    public String text() {
        return folder(namespace) + millis + "." + format.text();
    }

    public ObjectKey key() {
        return ObjectKey.of(text());
    }

    /** Where it is written down what the backup is. */
    ObjectKey manifest() {
        return ObjectKey.of(text() + ".manifest");
    }
}
