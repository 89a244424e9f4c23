// SPDX-License-Identifier: BSL-1.0
package quytrinh;

import java.util.LinkedHashMap;
import java.util.Map;

/** A file by its name and digest; the bytes stay with the host. `precondition` may be empty. */
public record Attachment(String name, String mediaType, long size, String sha256,
        String precondition) {
    Map<String, Object> shown() {
        Map<String, Object> out = new LinkedHashMap<>();
        out.put("name", name);
        out.put("media_type", mediaType);
        out.put("size", size);
        out.put("sha256", sha256);
        out.put("precondition", precondition);
        return out;
    }
}
