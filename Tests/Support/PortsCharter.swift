/// The charter of a made-up association, so that no test leans on the words of a real one.
public enum PortsCharter {
    public static let text = """
        charter: 1
        association:
          key: ports
          short_name: Ports
          mark: Ports
          languages: [en, ko, es]
          names:
            - name: League of River Ports
              from: 2000-01-01
              source: S
              heading: H
        sources:
          - code: S
            title: Statutes
        versions:
          - effective: 2000-01-01
            adopted_by: Founders
            source: S
            heading: H
            categories:
              - key: port
                name: Port
                plural: Ports
                title: Full member
                full_member: true
                may_vote: true
                source: S
                heading: H
              - key: guild
                name: Guild
                plural: Guilds
                title: Friend
                full_member: false
                may_vote: false
                source: S
                heading: H
            regions:
              - key: upper
                name: Upper river
                order: 1
                countries: [DE]
                source: S
                heading: H
              - key: lower
                name: Lower river
                order: 2
                countries: [NL]
                source: S
                heading: H
            statuses:
              - key: moored
                name: Moored
                on_roll: true
                counts_for_quorum: true
                source: S
                heading: H
              - key: adrift
                name: Adrift
                on_roll: true
                counts_for_quorum: false
                source: S
                heading: H
              - key: sunk
                name: Sunk
                on_roll: false
                counts_for_quorum: false
                source: S
                heading: H
            membership:
              admission:
                counts_from: application-date
                approved_by: diet
                source: S
                heading: H
            bodies:
              - key: diet
                name: Diet
                composition: All.
                categories: [port]
                source: S
                heading: H
        translations:
          ko:
            League of River Ports: 하천항만연맹
            Port: 항구
            Ports: 항구
            Full member: 정회원
            Guild: 조합
            Guilds: 조합
            Friend: 친구
            Upper river: 상류
            Lower river: 하류
            Moored: 정박
            Adrift: 표류
            Sunk: 침몰
            Diet: 의회
          es:
            League of River Ports: Liga de Puertos Fluviales
            Port: Puerto
            Ports: Puertos
            Full member: Miembro pleno
            Guild: Gremio
            Guilds: Gremios
            Friend: Amigo
            Upper river: Río arriba
            Lower river: Río abajo
            Moored: Amarrado
            Adrift: A la deriva
            Sunk: Hundido
            Diet: Dieta
        """
}
