package io.ag06.local;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.CanBeAnnotated.Predicates.annotatedWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.CompositeArchRule;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The architecture of what runs, in sentences (docs/architecture.md, "Rules"). Nothing is frozen: there are no
 * tolerated violations.
 */
@SuppressWarnings("ImmutableEnumChecker") // An ArchRule is built once and only read, though its type does not say so.
public enum ArchitectureRule {
    IMPORTS_POINT_DOWN(layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture()
            .optionalLayer("bench") // Built after the tests of local-stack, and held against the rules by its own.
            .definedBy("io.ag06.bench..")
            .layer("local")
            .definedBy("io.ag06.local..")
            .layer("agent")
            .definedBy("io.ag06.agent..")
            .layer("job")
            .definedBy("io.ag06.pipeline.job..")
            .layer("source")
            .definedBy("io.ag06.pipeline.source..")
            .layer("operator")
            .definedBy("io.ag06.pipeline.operator..")
            .layer("sink")
            .definedBy("io.ag06.pipeline.sink..")
            .layer("settings")
            .definedBy("io.ag06.pipeline.settings..")
            .layer("row")
            .definedBy("io.ag06.pipeline.row..")
            .layer("rowbinary")
            .definedBy("io.ag06.pipeline.rowbinary..")
            .layer("event")
            .definedBy("io.ag06.pipeline.event..")
            .layer("analytics")
            .definedBy("io.ag06.analytics..")
            .layer("schemas")
            .definedBy("io.ag06.schemas..")
            .layer("sql")
            .definedBy("io.ag06.sql..")
            .whereLayer("bench")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("local")
            .mayOnlyBeAccessedByLayers("bench")
            .whereLayer("agent")
            .mayOnlyAccessLayers("analytics", "schemas")
            .whereLayer("job")
            .mayOnlyAccessLayers(
                    "source",
                    "operator",
                    "sink",
                    "settings",
                    "row",
                    "rowbinary",
                    "event",
                    "analytics",
                    "schemas",
                    "sql")
            .whereLayer("source")
            .mayOnlyAccessLayers("settings", "rowbinary", "event", "analytics", "schemas", "sql")
            .whereLayer("operator")
            .mayOnlyAccessLayers("row", "event", "analytics")
            .whereLayer("sink")
            .mayOnlyAccessLayers("settings", "row", "rowbinary", "schemas", "sql")
            .whereLayer("rowbinary")
            .mayOnlyAccessLayers("row", "sql")
            .whereLayer("event")
            .mayOnlyAccessLayers("analytics")
            .whereLayer("settings")
            .mayNotAccessAnyLayer()
            .whereLayer("row")
            .mayNotAccessAnyLayer()
            .whereLayer("analytics")
            .mayNotAccessAnyLayer()
            .whereLayer("schemas")
            .mayNotAccessAnyLayer()
            .whereLayer("sql")
            .mayNotAccessAnyLayer()
            .because("a package knows only lower ranks and not its neighbours: so each can be read, tested and replaced"
                    + " without those above and beside it")),

    ANALYTICS_ARE_PLAIN_JAVA(classes()
            .that()
            .resideInAPackage("io.ag06.analytics..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("io.ag06.analytics..", "java..", "com.datadoghq.sketch..", "org.jtransforms..")
            .because("the maths runs anywhere: in the agent, in a job, in a test with a pencil beside it")),

    FEATURES_DO_NOT_KNOW_EACH_OTHER(CompositeArchRule.of(slices().matching("io.ag06.analytics.(*)..")
                    .should()
                    .notDependOnEachOther()
                    .ignoreDependency(alwaysTrue(), resideInAPackage("io.ag06.analytics.measure..")))
            .and(slices().matching("io.ag06.pipeline.operator.(*)..").should().notDependOnEachOther())
            .because("deleting a feature breaks no other; what several need are measures with units")),

    ROWS_ARE_PLAIN_RECORDS(classes()
            .that()
            .resideInAPackage("io.ag06.pipeline.row..")
            .and()
            .doNotHaveSimpleName("package-info")
            .should()
            .beRecords()
            .andShould()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.ag06.pipeline.row..")
            .because("a row is its columns: component names are column names, and nothing else is in it")),

    AVRO_STAYS_AT_THE_EDGE(noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.ag06.schemas..",
                    "io.ag06.agent.publish..",
                    "io.ag06.agent.spool..",
                    "io.ag06.agent.gateway..",
                    "io.ag06.pipeline.source..",
                    "io.ag06.pipeline.sink.kafka..",
                    "io.ag06.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.avro..")
            .orShould()
            .dependOnClassesThat(annotatedWith("org.apache.avro.specific.AvroGenerated"))
            .because("generated classes are a wire format, not a model; the maths takes plain values")),

    FLINK_STAYS_IN_ITS_PACKAGES(noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.ag06.pipeline.job..",
                    "io.ag06.pipeline.source..",
                    "io.ag06.pipeline.operator..",
                    "io.ag06.pipeline.sink..",
                    "io.ag06.local..",
                    "io.ag06.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.flink..")
            .because("the framework has an address; what lies outside of it runs without a cluster")),

    KAFKA_STAYS_AT_THE_EDGE(noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.ag06.agent.publish..",
                    "io.ag06.pipeline.source..",
                    "io.ag06.pipeline.sink.kafka..",
                    "io.ag06.local..",
                    "io.ag06.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "kafka..")
            .because("one place of the agent writes to Kafka; one of the jobs reads from it, and one writes")),

    ONE_DOOR_TO_CLICKHOUSE(noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.ag06.pipeline.sink.clickhouse..", "io.ag06.sql..", "io.ag06.local..", "io.ag06.bench..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("com.clickhouse..", "org.flywaydb..", "java.sql..")
            .because("there is one way in and one way out: exactly once is kept in one place")),

    TIME_AND_CHANCE_ARE_GIVEN(noClasses()
            .that()
            .resideInAnyPackage(
                    "io.ag06.analytics..",
                    "io.ag06.pipeline.operator..",
                    "io.ag06.pipeline.event..",
                    "io.ag06.pipeline.row..",
                    "io.ag06.pipeline.rowbinary..")
            .should()
            .callMethodWhere(target(owner(resideInAPackage("java.time")))
                    .and(target(nameMatching("now")))
                    .and(target(rawParameterTypes(new Class<?>[0]))))
            .orShould()
            .callMethodWhere(target(owner(type(Clock.class).or(type(InstantSource.class))))
                    .and(target(nameMatching("system.*|tick.*"))))
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(UUID.class, "randomUUID")
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .callMethod(ThreadLocalRandom.class, "current")
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SecureRandom.class)
            .because("replays give the same answer: a Clock, an InstantSource or a seed is given from outside")),

    FUNCTIONS_HAVE_NAMES(classes()
            .that()
            .areAssignableTo("org.apache.flink.api.common.functions.Function")
            .or()
            .areAssignableTo("org.apache.flink.streaming.api.operators.StreamOperator")
            .should()
            .notBeAnonymousClasses()
            .andShould()
            .resideInAnyPackage("io.ag06.pipeline.operator..", "io.ag06.pipeline.source..", "io.ag06.pipeline.sink..")
            .because("what runs in the cluster can be found and tested")),

    MAINS_HAVE_ADDRESSES(methods()
            .that()
            .haveName("main")
            .and()
            .arePublic()
            .and()
            .areStatic()
            .and()
            .haveRawParameterTypes(String[].class)
            .should()
            .beDeclaredInClassesThat(resideInAnyPackage(
                            "io.ag06.pipeline.job..",
                            "io.ag06.sql.migrate..",
                            "io.ag06.sql.report..",
                            "io.ag06.local..",
                            "io.ag06.bench..")
                    .or(describe("AgentMain", owner -> owner.getName().equals("io.ag06.agent.AgentMain"))))
            .because("every door is known")),

    NO_DRAWERS(noClasses()
            .should()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Helpers")
            .orShould()
            .haveSimpleNameEndingWith("Common")
            .orShould()
            .haveSimpleNameEndingWith("Misc")
            .orShould()
            .haveSimpleNameEndingWith("Constants")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .resideInAnyPackage("..util..", "..utils..", "..helper..", "..helpers..", "..common..", "..misc..")
            .because("every class has a subject; a method belongs to the type that it concerns")),

    VALUES_DO_NOT_CHANGE(CompositeArchRule.of(fields().that()
                    .areDeclaredInClassesThat(areValues())
                    .should()
                    .beFinal())
            .and(noMethods()
                    .that()
                    .areDeclaredInClassesThat(areValues())
                    .should()
                    .haveNameMatching("set[A-Z].*"))
            .because("state is replaced, not edited")),

    OPERATORS_TAKE_VALUES(noClasses()
            .that()
            .resideOutsideOfPackages(
                    "io.ag06.pipeline.job..", "io.ag06.pipeline.settings..", "io.ag06.local..", "io.ag06.bench..")
            .should()
            .dependOnClassesThat(nameMatching(
                    "org\\.apache\\.flink\\.(util\\.ParameterTool|configuration\\.(Configuration|ReadableConfig))"))
            .because("each is given the value that it needs, never a bag of parameters")),

    NO_CYCLES(slices().matching("io.ag06.(**)").should().beFreeOfCycles().because("each package can be read alone"));

    private final ArchRule rule;

    ArchitectureRule(ArchRule rule) {
        this.rule = rule.as(name());
    }

    private static DescribedPredicate<JavaClass> areValues() {
        return resideInAnyPackage("io.ag06.analytics..", "io.ag06.pipeline.row..", "io.ag06.pipeline.settings..");
    }

    /** Fails where the classes break the rule. */
    public void check(JavaClasses classes) {
        rule.check(classes);
    }
}
