import java.io.FileInputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.RuleId;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Say to which rules of PDF/A-2a and PDF/UA-1 files do not conform, as veraPDF finds it.
 *
 * <p>For each FILE and profile a line "FILE, profile, number of checks", and one "FILE, profile, rule, message" for each rule
 * that is broken, with tabs between. veraPDF reads its profiles with a library that its jar here lacks, so they are read below.
 */
public final class Conformance {
    private static final String PROFILES = "/org/verapdf/pdfa/validation/";
    private static final int SHOWN = 20; // failed checks of a rule that are kept

    public static void main(String[] files) throws Exception {
        LogManager.getLogManager().reset(); // the parser's warnings are no verdict
        VeraGreenfieldFoundryProvider.initialise();
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        for (String name : List.of("PDFA-2A", "PDFUA-1")) {
            ValidationProfile profile = profile(name);
            for (String file : files) {
                for (String line : verdict(file, profile)) {
                    out.println(file + "\t" + name + "\t" + line);
                }
            }
        }
    }

    private static List<String> verdict(String file, ValidationProfile profile) throws Exception {
        try (InputStream data = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(data, profile.getPDFAFlavour());
                PDFAValidator validator = Foundries.defaultInstance().createValidator(profile, SHOWN, true, false, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, String> broken = new TreeMap<>();
            for (TestAssertion each : result.getTestAssertions()) {
                if (each.getStatus() == TestAssertion.Status.FAILED) {
                    RuleId rule = each.getRuleId();
                    String place = each.getMessage() + " @ " + each.getLocation().getContext();
                    broken.putIfAbsent(rule.getClause() + "-" + rule.getTestNumber(), place.replaceAll("\\s+", " "));
                }
            }
            List<String> lines = new ArrayList<>(List.of(Integer.toString(result.getTotalAssertions())));
            broken.forEach((rule, place) -> lines.add(rule + "\t" + place));
            if (result.isCompliant() != broken.isEmpty()) {
                lines.add("?\tthe verdict contradicts the checks");
            }
            return lines;
        }
    }

    private static ValidationProfile profile(String name) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root;
        try (InputStream data = Profiles.class.getResourceAsStream(PROFILES + name + ".xml")) {
            root = factory.newDocumentBuilder().parse(data).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element each : children(child(root, "rules"), "rule")) {
            rules.add(rule(each));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element each : children(child(root, "variables"), "variable")) {
            variables.add(
                    Profiles.variableFromValues(
                            each.getAttribute("name"),
                            each.getAttribute("object"),
                            text(each, "defaultValue"),
                            text(each, "value")));
        }
        return Profiles.profileFromValues(
                PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(name, "", "", new Date(0)),
                "",
                rules,
                variables);
    }

    private static Rule rule(Element given) {
        Element id = child(given, "id");
        Element error = child(given, "error");
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element each : children(child(error, "arguments"), "argument")) {
            String name = each.hasAttribute("name") ? each.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(each.getTextContent(), name, null));
        }
        RuleId number =
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber")));
        return Profiles.ruleFromValues(
                number,
                given.getAttribute("object"),
                given.hasAttribute("deferred") ? Boolean.valueOf(given.getAttribute("deferred")) : null,
                given.hasAttribute("tags") ? given.getAttribute("tags") : null,
                text(given, "description"),
                text(given, "test"),
                Profiles.errorFromValues(text(error, "message"), arguments),
                new ArrayList<>());
    }

    private static List<Element> children(Element around, String name) {
        List<Element> found = new ArrayList<>();
        for (Node each = around == null ? null : around.getFirstChild(); each != null; each = each.getNextSibling()) {
            if (each instanceof Element && name.equals(each.getLocalName())) {
                found.add((Element) each);
            }
        }
        return found;
    }

    private static Element child(Element around, String name) {
        List<Element> found = children(around, name);
        return found.isEmpty() ? null : found.get(0);
    }

    private static String text(Element around, String name) {
        Element found = child(around, name);
        return found == null ? "" : found.getTextContent();
    }
}
