"""The statements of a seed, one after the other.

`bench.size(...)` is what was asked for, `bench.share(...)` an organisation's part of it, and
`bench.id(...)` makes ids that rise with a row's number, as ours do.
"""

from typing import Final, LiteralString

GROUND: Final[tuple[LiteralString, ...]] = (
    "CREATE SCHEMA bench",
    """CREATE FUNCTION bench.size(name text) RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT current_setting('bench.' || name)::bigint $$""",
    """CREATE FUNCTION bench.share(name text, t bigint) RETURNS bigint LANGUAGE sql STABLE AS
    $$ SELECT CASE t WHEN 0 THEN bench.size(name) / 5
       ELSE bench.size(name) * 4 / 5 / (bench.size('tenants') - 1) END $$""",
    """CREATE FUNCTION bench.id(kind int, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS
    $$ SELECT ('0193' || lpad(to_hex(n), 8, '0') || '7' || lpad(to_hex(kind), 3, '0') || '8'
        || left(md5(kind || ':' || n), 15))::uuid $$""",
    """CREATE FUNCTION bench.role(word text) RETURNS int LANGUAGE sql STABLE AS
    $$ SELECT id FROM auth_permission WHERE codename = word $$""",
    """CREATE TABLE bench.tenant AS
    SELECT t, bench.id(1, t) AS id, bench.share('folders', t) AS folders,
           bench.share('people', t) AS people, bench.share('teams', t) AS teams,
           bench.share('folders', t) - bench.share('people', t) AS tree
    FROM generate_series(0, bench.size('tenants') - 1) t""",
    """INSERT INTO tenants_organisation (id, slug, name, state, created_at)
    SELECT id, 'bench-' || t, 'Organisation ' || t, 'active', timestamptz '2024-01-01'
    FROM bench.tenant""",
    """INSERT INTO tenants_policy (id, tenant_id, file_types, max_file_size, link_days_default,
        link_days_max, trash_days)
    SELECT bench.id(2, t), id, '{pdf,png,txt}', 2147483648, 7, 90, 30 FROM bench.tenant""",
    """CREATE TABLE bench.person AS
    SELECT t, p, row_number() OVER (ORDER BY t, p) AS n, NULL::uuid AS id, NULL::uuid AS seat
    FROM bench.tenant, generate_series(0, people - 1) p""",
    "UPDATE bench.person SET id = bench.id(3, n), seat = bench.id(4, n)",
    """INSERT INTO accounts_user (id, email, name, password, is_superuser, is_staff, is_active,
        language, theme, zone, density, shortcuts, sort, columns, date_joined)
    SELECT id, 'person' || n || '@bench.example', 'Person ' || n, '!', false, false, true,
        'en-gb', '', 'UTC', '', true, 'name', '{exposure,by,changed,size}',
        timestamptz '2024-01-01' FROM bench.person""",
    """INSERT INTO tenants_membership (id, tenant_id, user_id, role, mails, joined_at)
    SELECT p.seat, t.id, p.id, CASE p.p WHEN 0 THEN 'owner' ELSE 'member' END, 'off',
        timestamptz '2024-01-01' FROM bench.person p JOIN bench.tenant t USING (t)""",
    # Team 0 is everyone.
    """CREATE TABLE bench.team AS
    SELECT t, g, row_number() OVER (ORDER BY t, g) AS n, NULL::uuid AS id, NULL::int AS group_id
    FROM bench.tenant, generate_series(0, teams - 1) g""",
    "UPDATE bench.team SET id = bench.id(5, n)",
    "INSERT INTO auth_group (name) SELECT id FROM bench.team",
    "UPDATE bench.team SET group_id = g.id FROM auth_group g WHERE g.name = team.id::text",
    """INSERT INTO tenants_team (id, tenant_id, name, is_everyone, group_id)
    SELECT g.id, t.id, 'Team ' || g.g, g.g = 0, g.group_id
    FROM bench.team g JOIN bench.tenant t USING (t)""",
    """INSERT INTO tenants_teammember (id, tenant_id, team_id, membership_id)
    SELECT bench.id(6, row_number() OVER (ORDER BY seat, team)), tenant, team, seat FROM (
        SELECT t.id AS tenant, g.id AS team, p.seat
        FROM bench.tenant t JOIN bench.team g USING (t) JOIN bench.person p USING (t)
        WHERE g.g = 0
        UNION
        SELECT t.id, g.id, p.seat FROM bench.tenant t JOIN bench.team g USING (t)
        CROSS JOIN LATERAL (SELECT CASE t.t WHEN 0 THEN 10 ELSE 1 END AS first) f
        CROSS JOIN LATERAL (SELECT f.first + floor(random() * (t.people - f.first)) AS p
            FROM generate_series(1, 8) WHERE g.g > 0) one
        JOIN bench.person p ON p.t = t.t AND p.p = one.p
    ) seats""",
    # Homes come last. The odd folders of a tree lie beneath folder 1, the even ones beside it.
    """CREATE TABLE bench.folder AS
    SELECT t, k, row_number() OVER (ORDER BY t, k) AS n,
           CASE WHEN k >= tree THEN k - tree END AS home_of,
           CASE WHEN k = 0 OR k >= tree THEN NULL WHEN k <= 2 THEN 0
                ELSE floor((k - 1) * (0.05 + 0.25 * random()))::bigint END AS up,
           k >= tree OR (k > 2 AND random() < 0.05) AS wall
    FROM bench.tenant, generate_series(0, folders - 1) k""",
    """UPDATE bench.folder SET up = up + CASE up % 2 WHEN 0 THEN 1 ELSE -1 END
    WHERE k > 2 AND up % 2 <> k % 2""",
    """ALTER TABLE bench.folder ADD id uuid, ADD parent uuid, ADD far smallint DEFAULT 32767,
        ADD PRIMARY KEY (t, k)""",
    "UPDATE bench.folder SET id = bench.id(7, n)",
    "UPDATE bench.folder f SET parent = p.id FROM bench.folder p WHERE p.t = f.t AND p.k = f.up",
    """INSERT INTO vault_folderclosure (tenant_id, ancestor_id, descendant_id, distance, reaches)
    WITH RECURSIVE line AS (
        SELECT t, id AS descendant, id AS ancestor, up, 0 AS distance FROM bench.folder
        UNION ALL
        SELECT line.t, descendant, above.id, above.up, distance + 1
        FROM line JOIN bench.folder above ON above.t = line.t AND above.k = line.up)
    SELECT tenant.id, ancestor, descendant, distance, true
    FROM line JOIN bench.tenant USING (t) ORDER BY descendant""",
    """UPDATE bench.folder f SET far = wall.distance FROM (
        SELECT c.descendant_id, min(c.distance) AS distance FROM vault_folderclosure c
        JOIN bench.folder a ON a.id = c.ancestor_id AND a.wall GROUP BY 1) wall
    WHERE wall.descendant_id = f.id""",
    """UPDATE vault_folderclosure c SET reaches = false FROM bench.folder f
    WHERE f.id = c.descendant_id AND c.distance > f.far""",
    """INSERT INTO vault_folder (id, tenant_id, parent_id, name, restricted, wall_distance,
        is_root, home_of_id, created_by_id, created_at, changed_at)
    SELECT f.id, t.id, f.parent, 'Folder ' || f.k, f.wall, f.far, f.k = 0, h.id, o.id,
           timestamptz '2024-01-01', timestamptz '2024-01-01'
    FROM bench.folder f JOIN bench.tenant t USING (t) JOIN bench.person o ON o.t = f.t AND o.p = 0
    LEFT JOIN bench.person h ON h.t = f.t AND h.p = f.home_of""",
)
PAPERS: Final[tuple[LiteralString, ...]] = (
    # One in twenty-five in its owner's home; more in the upper folders; some changed later.
    """CREATE TABLE bench.paper AS
    SELECT n, t, bench.id(8, n) AS id, bench.id(9, n) AS version, bench.id(10, n) AS blob,
           floor(random() * people)::bigint AS p, at,
           CASE WHEN random() < 0.2 THEN at + random() * interval '60 days' ELSE at END AS changed,
           CASE WHEN random() < 0.04 THEN NULL
                ELSE least(2 * floor(power(random(), 1.3) * (tree / 2))::bigint
                     + CASE WHEN random() < 0.54 THEN 1 ELSE 0 END, tree - 1) END AS k,
           random() < 0.01 AS wall, 10000 + floor(random() * 900000)::bigint AS size, tree
    FROM (SELECT n, CASE n % 5 WHEN 0 THEN 0
                    ELSE 1 + (n - n / 5 - 1) % (bench.size('tenants') - 1) END AS t,
                 timestamptz '2024-01-01' + n * interval '900 days' / bench.size('documents')
                    AS at
          FROM generate_series(1, bench.size('documents')) n) filed JOIN bench.tenant USING (t)""",
    """INSERT INTO vault_document (id, tenant_id, folder_id, name, description, restricted,
        current_id, created_by_id, created_at, changed_at)
    SELECT d.id, t.id, f.id,
           (ARRAY['Contract','Invoice','Letter','Report','Minutes','Offer','Plan','Receipt'])
               [1 + d.n * 7919 % 8] || ' ' ||
           (ARRAY['Berlin','Paris','Lyon','Madrid','Cairo','Porto','Oslo','Riga','Turin','Bern'])
               [1 + d.n * 104729 % 10] || ' ' || d.n || '.pdf',
           '', d.wall, d.version, p.id, d.at, d.changed
    FROM bench.paper d JOIN bench.tenant t USING (t)
    JOIN bench.folder f ON f.t = d.t AND f.k = coalesce(d.k, d.tree + d.p)
    JOIN bench.person p ON p.t = d.t AND p.p = d.p ORDER BY d.n""",
    """INSERT INTO vault_version (id, tenant_id, document_id, number, blob_id, created_by_id,
        created_at)
    SELECT d.version, t.id, d.id, 1, d.blob, p.id, d.at FROM bench.paper d
    JOIN bench.tenant t USING (t) JOIN bench.person p ON p.t = d.t AND p.p = d.p ORDER BY d.n""",
    """INSERT INTO vault_blob (id, tenant_id, owner_id, file, state, size, sha256, media_type,
        created_at)
    SELECT d.blob, t.id, p.id, 'tenants/' || t.id || '/users/' || p.id
           || to_char(d.at, '/YYYY/MM/') || d.blob, 'unscanned', d.size,
           sha256(d.n::text::bytea), 'application/pdf', d.at
    FROM bench.paper d JOIN bench.tenant t USING (t)
    JOIN bench.person p ON p.t = d.t AND p.p = d.p ORDER BY d.n""",
)
# How many there are of each kind: a person's and a team's keys to folders and to documents.
GRANTS: Final[tuple[LiteralString, ...]] = (
    """INSERT INTO vault_folderusergrant (id, tenant_id, user_id, content_object_id,
        permission_id, granted_by_id, granted_at)
    SELECT bench.id(11, row_number() OVER ()), t.id, person, folder, permission, o.id,
           timestamptz '2024-01-01'
    FROM (
        SELECT f.t, p.id AS person, f.id AS folder, bench.role('manage_folder') AS permission
        FROM bench.folder f JOIN bench.person p ON p.t = f.t AND p.p = f.home_of
        UNION
        SELECT p.t, p.id, f.id, bench.role('read_folder')
        FROM bench.person p JOIN bench.tenant t USING (t)
        CROSS JOIN LATERAL (SELECT 1 + floor(random() * (t.tree - 1))::bigint AS k
            FROM generate_series(1, 7) WHERE p.t > 0 OR p.p > 9) one
        JOIN bench.folder f ON f.t = p.t AND f.k = one.k
    ) keys JOIN bench.tenant t USING (t) JOIN bench.person o ON o.t = t.t AND o.p = 0""",
    """INSERT INTO vault_folderteamgrant (id, tenant_id, group_id, content_object_id,
        permission_id, granted_by_id, granted_at)
    SELECT bench.id(12, row_number() OVER ()), t.id, group_id, folder,
           bench.role('read_folder'), o.id, timestamptz '2024-01-01'
    FROM (
        SELECT g.t, g.group_id, f.id AS folder FROM bench.team g
        JOIN bench.folder f ON f.t = g.t AND f.k = 0 WHERE g.g = 0 AND g.t > 0 AND g.t % 2 = 0
        UNION
        SELECT g.t, g.group_id, f.id FROM bench.team g JOIN bench.tenant t USING (t)
        CROSS JOIN LATERAL (SELECT 1 + floor(random() * (t.tree - 1))::bigint AS k
            FROM generate_series(1, 20) WHERE g.g > 0) one
        JOIN bench.folder f ON f.t = g.t AND f.k = one.k WHERE f.k > 10 OR g.t > 0
    ) keys JOIN bench.tenant t USING (t) JOIN bench.person o ON o.t = t.t AND o.p = 0""",
    """INSERT INTO vault_documentusergrant (id, tenant_id, user_id, content_object_id,
        permission_id, granted_by_id, granted_at)
    SELECT bench.id(13, row_number() OVER ()), t.id, person, document,
           bench.role('read_document'), o.id, timestamptz '2024-01-01'
    FROM (
        SELECT DISTINCT d.t, p.id AS person, d.id AS document
        FROM bench.paper d JOIN bench.tenant t USING (t)
        CROSS JOIN LATERAL (SELECT CASE d.t WHEN 0 THEN 10 ELSE 1 END AS first) f
        CROSS JOIN LATERAL (SELECT f.first + floor(random() * (t.people - f.first)) AS p
            FROM generate_series(1, CASE d.n % 4 WHEN 0 THEN 1 ELSE 2 END)) one
        JOIN bench.person p ON p.t = d.t AND p.p = one.p
    ) keys JOIN bench.tenant t USING (t) JOIN bench.person o ON o.t = t.t AND o.p = 0""",
    """INSERT INTO vault_documentteamgrant (id, tenant_id, group_id, content_object_id,
        permission_id, granted_by_id, granted_at)
    SELECT bench.id(14, row_number() OVER ()), t.id, g.group_id, d.id,
           bench.role('read_document'), o.id, timestamptz '2024-01-01'
    FROM (SELECT n, t, id, random() AS luck FROM bench.paper) d JOIN bench.tenant t USING (t)
    JOIN bench.team g ON g.t = d.t AND g.g = 1 + floor(luck * 10 * (t.teams - 1))
    JOIN bench.person o ON o.t = t.t AND o.p = 0 WHERE d.luck < 0.1""",
    # Of the first organisation's people, 1 holds half the tree, 2 the root, 3 one small folder.
    """INSERT INTO vault_folderusergrant (id, tenant_id, user_id, content_object_id,
        permission_id, granted_at)
    SELECT bench.id(15, p.p), t.id, p.id, f.id, bench.role('read_folder'),
           timestamptz '2024-01-01'
    FROM bench.person p JOIN bench.tenant t USING (t) JOIN bench.folder f USING (t)
    WHERE p.t = 0 AND (p.p, f.k) IN ((1, 1), (2, 0), (3, (
        SELECT a.k FROM bench.folder a
        JOIN vault_folderclosure c ON c.ancestor_id = a.id
        JOIN bench.folder b ON b.id = c.descendant_id AND c.distance <= b.far
        JOIN bench.paper d ON d.t = b.t AND d.k = b.k AND NOT d.wall
        WHERE a.t = 0 AND a.k > 2 AND a.home_of IS NULL
        GROUP BY a.k ORDER BY abs(count(*) - bench.size('documents') * 305 / 1000000), a.k
        LIMIT 1)))""",
    # 4, 5 and 6 hold 40, 500 and 2,000 keys, a fifth of them to folders.
    """INSERT INTO vault_folderusergrant (id, tenant_id, user_id, content_object_id,
        permission_id, granted_at)
    SELECT bench.id(16, row_number() OVER ()), t.id, p.id, f.id, bench.role('read_folder'),
           timestamptz '2024-01-01'
    FROM (VALUES (4, 8), (5, 100), (6, 400)) AS chosen (p, folders)
    JOIN bench.person p ON p.t = 0 AND p.p = chosen.p JOIN bench.tenant t USING (t)
    CROSS JOIN LATERAL (SELECT id FROM bench.folder f WHERE f.t = 0 AND f.k > 50
        AND f.home_of IS NULL AND chosen.p > 0 ORDER BY md5(f.k || ':' || chosen.p)
        LIMIT chosen.folders - 1) f""",
    """INSERT INTO vault_documentusergrant (id, tenant_id, user_id, content_object_id,
        permission_id, granted_at)
    SELECT bench.id(17, row_number() OVER ()), t.id, p.id, d.id, bench.role('read_document'),
           timestamptz '2024-01-01'
    FROM (VALUES (4, 32), (5, 400), (6, 1600)) AS chosen (p, documents)
    JOIN bench.person p ON p.t = 0 AND p.p = chosen.p JOIN bench.tenant t USING (t)
    CROSS JOIN LATERAL (SELECT id FROM bench.paper d WHERE d.t = 0
        AND chosen.p > 0 ORDER BY md5(d.n || ':' || chosen.p) LIMIT chosen.documents) d""",
)
# What triggers and flows would have kept.
KEPT: Final[tuple[LiteralString, ...]] = (
    """INSERT INTO vault_foldercount (tenant_id, folder_id, documents, unrestricted)
    SELECT tenant_id, folder_id, count(*), count(*) FILTER (WHERE NOT restricted)
    FROM vault_document GROUP BY 1, 2""",
    """INSERT INTO vault_documentname (tenant_id, document_id, name)
    SELECT tenant_id, id, lower(name) FROM vault_document""",
    """INSERT INTO vault_usage (id, tenant_id, user_id, stored, reserved)
    SELECT bench.id(18, row_number() OVER ()), tenant_id, owner_id, sum(size), 0
    FROM vault_blob GROUP BY GROUPING SETS ((tenant_id), (tenant_id, owner_id))""",
    """INSERT INTO tenants_membershipperiod (tenant_id, source, valid_from, user_id, role)
    SELECT tenant_id, id, joined_at, user_id, role FROM tenants_membership""",
    """INSERT INTO tenants_teammemberperiod (tenant_id, source, valid_from, team_id, membership_id)
    SELECT tenant_id, id, timestamptz '2024-01-01', team_id, membership_id
    FROM tenants_teammember""",
    """INSERT INTO vault_placeperiod (tenant_id, source, valid_from, container_id, restricted)
    SELECT tenant_id, id, created_at, parent_id, restricted FROM vault_folder
    UNION ALL SELECT tenant_id, id, created_at, folder_id, restricted FROM vault_document""",
    """INSERT INTO vault_grantperiod (tenant_id, source, valid_from, node_id, user_id, group_id,
        permission_id, granted_by_id)
    SELECT tenant_id, id, granted_at, content_object_id, user_id, NULL::int, permission_id,
           granted_by_id FROM vault_folderusergrant
    UNION ALL SELECT tenant_id, id, granted_at, content_object_id, user_id, NULL::int,
           permission_id,
           granted_by_id FROM vault_documentusergrant
    UNION ALL SELECT tenant_id, id, granted_at, content_object_id, NULL::uuid, group_id,
           permission_id,
           granted_by_id FROM vault_folderteamgrant
    UNION ALL SELECT tenant_id, id, granted_at, content_object_id, NULL::uuid, group_id,
           permission_id,
           granted_by_id FROM vault_documentteamgrant""",
    "DROP SCHEMA bench CASCADE",
)
